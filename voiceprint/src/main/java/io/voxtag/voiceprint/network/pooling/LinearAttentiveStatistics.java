package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Window;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.Dense;
import io.voxtag.voiceprint.network.rows.FrameRows;

/**
 * Mean and deviation of each channel over the frames that an attention picks, whose hidden layer is
 * linear before its tanh (Okabe et al., "Attentive Statistics Pooling for Deep Speaker Embedding",
 * 2018): [batch, channels, frames] to [batch, 2 channels]. Other than {@link AttentiveStatistics},
 * it neither rectifies nor normalises the hidden layer, and takes the deviation of the utterance
 * without bias.
 */
final class LinearAttentiveStatistics extends PoolingLayer {
  private static final float LEAST_VARIANCE = 1e-7f;

  private final int channels;
  private final boolean globalContext;
  private final Conv hidden;
  private final Conv attention;

  LinearAttentiveStatistics(long channels, long attentionChannels, boolean globalContext) {
    this.channels = Math.toIntExact(channels);
    this.globalContext = globalContext;
    long in = globalContext ? 3 * channels : channels;
    hidden = child("linear1", new Conv(in, attentionChannels, Window.frame(), 1, true));
    attention = child("linear2", new Conv(attentionChannels, channels, Window.frame(), 1, true));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray seen = globalContext ? besideItsStatistics(x) : x;
    NDArray bent = hidden.apply(store, seen, training).tanh();
    NDArray weights = attention.apply(store, bent, training).softmax(2);
    NDArray mean = weights.mul(x).sum(new int[] {2}, true);
    NDArray variance = weights.mul(x.sub(mean).square()).sum(new int[] {2}, true);
    return mean.concat(variance.maximum(LEAST_VARIANCE).sqrt(), 1).squeeze(2);
  }

  private static NDArray besideItsStatistics(NDArray x) {
    NDArray mean = x.mean(new int[] {2}, true);
    NDArray squares = x.sub(mean).square().sum(new int[] {2}, true);
    NDArray deviation = squares.div(others(x.getShape().get(2))).add(LEAST_VARIANCE).sqrt();
    return x.concat(mean.broadcast(x.getShape()), 1).concat(deviation.broadcast(x.getShape()), 1);
  }

  private static float others(long frames) {
    return Math.max(1, frames - 1);
  }

  @Override
  public PoolingInference inference(NDManager manager) {
    Affine all = Affine.of(hidden);
    Dense frameShare = globalContext ? all.columns(0, channels).dense(manager) : all.dense(manager);
    Dense contextShare =
        globalContext
            ? new Affine(all.columns(channels, 3 * channels).weight(), all.bias()).dense(manager)
            : frameShare;
    return new Rows(frameShare, contextShare, Affine.of(attention).dense(manager));
  }

  /**
   * The same on rows. Frames are centred on the mean of their window first: the variance can then
   * be taken as the mean of the squares less the square of the mean without losing digits.
   */
  private final class Rows implements PoolingInference {
    private final Dense frameShare;
    private final Dense contextShare;
    private final Dense scores;

    Rows(Dense frameShare, Dense contextShare, Dense scores) {
      this.frameShare = frameShare;
      this.contextShare = contextShare;
      this.scores = scores;
    }

    @Override
    public NDArray apply(FrameRows frames, NDArray x) {
      try (NDArray hiddenRows = frameShare.apply(x);
          NDArray windows = frames.windows(x);
          NDArray mean = windows.mean(new int[] {1})) {
        try (NDArray centre = mean.expandDims(1)) {
          windows.subi(centre);
        }
        try (NDArray squares = windows.square()) {
          if (globalContext) {
            addContext(frames.windows(hiddenRows), mean, squares);
          }
          return pool(weights(frames, hiddenRows), windows, squares, mean);
        }
      }
    }

    private void addContext(NDArray hiddenWindows, NDArray mean, NDArray squares) {
      try (hiddenWindows;
          NDArray sum = squares.sum(new int[] {1});
          NDArray variance = sum.div(others(squares.getShape().get(1)));
          NDArray positive = variance.add(LEAST_VARIANCE);
          NDArray deviation = positive.sqrt();
          NDArray statistics = mean.concat(deviation, 1);
          NDArray context = contextShare.apply(statistics);
          NDArray same = context.expandDims(1)) {
        hiddenWindows.addi(same);
      }
    }

    private NDArray weights(FrameRows frames, NDArray hiddenRows) {
      try (NDArray bent = hiddenRows.tanh();
          NDArray scored = scores.apply(bent);
          NDArray byWindow = frames.windows(scored)) {
        return byWindow.softmax(1);
      }
    }

    private NDArray pool(NDArray weights, NDArray centred, NDArray squares, NDArray mean) {
      try (weights;
          NDArray weighted = weights.mul(centred);
          NDArray offset = weighted.sum(new int[] {1});
          NDArray weightedSquares = weights.muli(squares);
          NDArray power = weightedSquares.sum(new int[] {1});
          NDArray offsetPower = offset.square();
          NDArray variance = power.sub(offsetPower);
          NDArray positive = variance.maximum(LEAST_VARIANCE);
          NDArray deviation = positive.sqrt()) {
        return offset.addi(mean).concat(deviation, 1);
      }
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), 2 * input.get(1));
  }
}
