package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.SameConv1d;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.Dense;
import io.voxtag.voiceprint.network.rows.FrameRows;
import io.voxtag.voiceprint.network.rows.TdnnInference;

/**
 * {@link AttentiveStatistics} on rows. Frames are centred on the mean of their window first: the
 * variance can then be taken as the mean of the squares less the square of the mean without losing
 * digits.
 */
final class AttentiveInference implements PoolingInference {
  private final boolean globalContext;
  private final Dense frameShare;
  private final TdnnInference utterance;
  private final Dense attention;
  private final NDArray least;

  AttentiveInference(
      NDManager manager,
      boolean globalContext,
      SameConv1d hidden,
      BatchNorm.Factors norm,
      SameConv1d conv,
      double leastVariance) {
    this.globalContext = globalContext;
    Affine all = Affine.of(hidden).then(norm);
    int channels = (int) conv.bias().getShape().size();
    frameShare = all.columns(0, channels).dense(manager);
    utterance = TdnnInference.bounds(manager, all.centred(channels), norm);
    attention = Affine.of(conv).dense(manager);
    least = Affine.vector(manager, new double[] {leastVariance});
  }

  @Override
  public NDArray apply(FrameRows frames, NDArray x) {
    try (NDArray windows = frames.windows(x);
        NDArray mean = windows.mean(new int[] {1})) {
      try (NDArray centre = mean.expandDims(1)) {
        windows.subi(centre);
      }
      try (NDArray squares = windows.square();
          NDArray weights = weights(frames, x, mean, squares);
          NDArray weighted = weights.mul(windows);
          NDArray offset = weighted.sum(new int[] {1})) {
        weighted.close();
        weights.muli(squares);
        try (NDArray power = weights.sum(new int[] {1});
            NDArray offsetPower = offset.square()) {
          power.subi(offsetPower);
          try (NDArray deviation = deviation(power)) {
            return offset.addi(mean).concat(deviation, 1);
          }
        }
      }
    }
  }

  /** Shares of the frames, of each channel apart: [batch, frames, channels]. */
  private NDArray weights(FrameRows frames, NDArray x, NDArray mean, NDArray squares) {
    try (NDArray hidden = frameShare.apply(x)) {
      try (NDArray context = context(mean, squares);
          NDArray same = context.expandDims(1);
          NDArray windows = frames.windows(hidden)) {
        windows.addi(same);
      }
      try (NDArray active = utterance.bounded(hidden);
          NDArray bent = active.tanh();
          NDArray scores = attention.apply(bent);
          NDArray windows = frames.windows(scores)) {
        return windows.softmax(1);
      }
    }
  }

  /** What is the same for all frames of a window: [batch, hidden]. */
  private NDArray context(NDArray mean, NDArray squares) {
    if (!globalContext) {
      return utterance.linear(mean);
    }
    try (NDArray variance = squares.mean(new int[] {1});
        NDArray deviation = deviation(variance);
        NDArray statistics = mean.concat(deviation, 1)) {
      return utterance.linear(statistics);
    }
  }

  private NDArray deviation(NDArray variance) {
    try (NDArray positive = variance.maximum(least)) {
      return positive.sqrt();
    }
  }
}
