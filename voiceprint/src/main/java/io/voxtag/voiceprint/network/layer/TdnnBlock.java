package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;

/** Convolution, ReLU, batch normalisation: [batch, in, frames] to [batch, out, frames]. */
public final class TdnnBlock extends Layer {
  private final SameConv1d conv;
  private final Layer norm;
  private final BatchNorm batchNorm;

  /** Makes one; see {@link SameConv1d}. */
  public TdnnBlock(long in, long out, Taps taps, int groups) {
    conv = child("conv", new SameConv1d(in, out, taps, groups));
    batchNorm = new BatchNorm(out);
    norm = child("norm", new Nested("norm", batchNorm));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return activate(store, conv.apply(store, x, training), training);
  }

  /** What follows the convolution. */
  public NDArray activate(ParameterStore store, NDArray sum, boolean training) {
    return norm.apply(store, Activation.relu(sum), training);
  }

  /** Its first part. */
  public SameConv1d conv() {
    return conv;
  }

  /** Its last part. */
  public BatchNorm norm() {
    return batchNorm;
  }

  @Override
  public Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
