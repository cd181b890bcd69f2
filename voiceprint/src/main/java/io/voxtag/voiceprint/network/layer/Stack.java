package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers one after the other, each of which takes what the one before it gives. What a layer made
 * besides its output is freed when it is done; in training, what gradients need stays.
 */
public final class Stack extends Layer {
  private final List<Layer> layers;

  /** Joins layers that are numbered from 0 in the state dict. */
  public Stack(List<? extends Layer> layers) {
    this(numbered(layers));
  }

  /** Joins layers under their names in the state dict, in the order of the map. */
  public Stack(Map<String, ? extends Layer> layers) {
    this.layers = List.copyOf(layers.values());
    layers.forEach(this::child);
  }

  private static Map<String, Layer> numbered(List<? extends Layer> layers) {
    Map<String, Layer> result = new LinkedHashMap<>();
    layers.forEach(layer -> result.put(Integer.toString(result.size()), layer));
    return result;
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
