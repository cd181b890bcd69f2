package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** A layer under one more name, where a state dict nests it. */
final class Nested extends Layer {
  private final Layer layer;

  Nested(String name, Layer layer) {
    this.layer = child(name, layer);
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return layer.apply(store, x, training);
  }

  @Override
  Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }
}
