package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** A layer under one more name, where a state dict nests it. */
public final class Nested extends Layer {
  private final Layer layer;

  /** Makes a layer that does what the other does. */
  public Nested(String name, Layer layer) {
    this.layer = child(name, layer);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return layer.apply(store, x, training);
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }
}
