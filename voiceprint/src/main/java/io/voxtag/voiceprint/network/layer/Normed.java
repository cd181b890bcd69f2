package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/**
 * A convolution and the normalisation of what it gives. In frozen networks they are one
 * convolution.
 */
public final class Normed {
  private final Conv conv;
  private final BatchNorm norm;

  Normed(Conv conv, BatchNorm norm) {
    this.conv = conv;
    this.norm = norm;
  }

  /** See {@link Conv#apply}. */
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    if (store instanceof FrozenStore frozen) {
      FrozenStore.Folded folded = frozen.folded(this);
      return conv.apply(x, folded.weight(), folded.bias());
    }
    return norm.apply(store, conv.apply(store, x, training), training);
  }

  Conv conv() {
    return conv;
  }

  BatchNorm norm() {
    return norm;
  }

  /** Shape of the output for a shape of the input. */
  public Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
