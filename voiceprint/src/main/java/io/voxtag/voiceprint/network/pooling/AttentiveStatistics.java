package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.PaddingMode;
import io.voxtag.voiceprint.network.layer.SameConv1d;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.TdnnBlock;

/**
 * Mean and deviation of each channel over the frames that an attention picks (Okabe et al., 2018),
 * which sees the mean and deviation of the whole utterance too (Desplanques et al., 2020): [batch,
 * channels, frames] to [batch, 2 channels].
 */
final class AttentiveStatistics extends PoolingLayer {
  private static final double EPSILON = 1e-12;

  private final long channels;
  private final boolean globalContext;
  private final TdnnBlock tdnn;
  private final SameConv1d conv;

  AttentiveStatistics(long channels, long attentionChannels, boolean globalContext) {
    this.channels = channels;
    this.globalContext = globalContext;
    long in = globalContext ? 3 * channels : channels;
    tdnn =
        child("tdnn", new TdnnBlock(in, attentionChannels, new Taps(1, 1, PaddingMode.ZEROS), 1));
    conv = child("conv", SameConv1d.pointwise(attentionChannels, channels));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray hidden =
        globalContext ? contextual(store, x, training) : tdnn.apply(store, x, training);
    NDArray attention = conv.apply(store, hidden.tanh(), training).softmax(2);
    NDArray mean = attention.mul(x).sum(new int[] {2}, true);
    NDArray variance = attention.mul(x.sub(mean).square()).sum(new int[] {2}, true);
    return mean.concat(deviation(variance), 1).squeeze(2);
  }

  /**
   * The attention's first layer on frames that are joined with the utterance's mean and deviation.
   * These are the same for every frame, so their share of the product is computed once.
   */
  private NDArray contextual(ParameterStore store, NDArray x, boolean training) {
    NDArray weight = store.getValue(tdnn.conv().weight(), x.getDevice(), training);
    NDArray bias = store.getValue(tdnn.conv().bias(), x.getDevice(), training);
    NDArray flat = weight.squeeze(2);
    // A view of a parameter belongs to the model's manager, and so would all that is made of it.
    flat.attach(x.getManager());
    NDList parts = flat.split(new long[] {channels}, 1);
    NDArray mean = x.mean(new int[] {2}, true);
    NDArray deviation = deviation(x.sub(mean).square().mean(new int[] {2}, true));
    NDArray context =
        mean.concat(deviation, 1).squeeze(2).matMul(parts.get(1).transpose()).add(bias);
    NDArray frames = parts.get(0).matMul(x);
    return tdnn.activate(store, frames.add(context.expandDims(2)), training);
  }

  private static NDArray deviation(NDArray variance) {
    // In single precision also where layers compute in half: that has no number as small.
    return variance
        .toType(DataType.FLOAT32, false)
        .clip(EPSILON, Float.MAX_VALUE)
        .sqrt()
        .toType(variance.getDataType(), false);
  }

  @Override
  public PoolingInference inference(NDManager manager) {
    return new AttentiveInference(
        manager, globalContext, tdnn.conv(), tdnn.norm().factors(), conv, EPSILON);
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), 2 * channels);
  }
}
