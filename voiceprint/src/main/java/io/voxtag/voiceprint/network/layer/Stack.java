package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * Layers one after the other, numbered from 0 in the state dict. What a layer made besides its
 * output is freed when it is done; in training, what gradients need stays.
 */
public final class Stack extends Layer {
  private final List<? extends Layer> layers;

  /** Joins the layers, each of which takes what the one before it gives. */
  public Stack(List<? extends Layer> layers) {
    this.layers = List.copyOf(layers);
    for (int i = 0; i < layers.size(); i++) {
      child(Integer.toString(i), layers.get(i));
    }
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = x;
    for (Layer layer : layers) {
      NDArray next = layer.applyScoped(store, y, training);
      if (y != x) {
        y.close();
      }
      y = next;
    }
    return y;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }
}
