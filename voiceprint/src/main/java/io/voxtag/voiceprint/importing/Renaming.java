package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weights on their way from one set of names to another; what is not moved keeps its name. */
final class Renaming {

  /** Another order or shape of a tensor. */
  @FunctionalInterface
  interface Change {
    TensorData apply(TensorData tensor) throws ImportException;
  }

  private final Map<String, TensorData> left = new LinkedHashMap<>();
  private final List<TensorData> moved = new ArrayList<>();

  Renaming(Weights weights) {
    weights.all().forEach(tensor -> left.put(tensor.name(), tensor));
  }

  /** Gives everything that is still to be moved under a prefix another order or shape. */
  void change(String prefix, Change change) throws ImportException {
    for (Map.Entry<String, TensorData> entry : left.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        entry.setValue(change.apply(entry.getValue()));
      }
    }
  }

  /** Moves all parts of a layer, such as {@code from.weight}. */
  void move(String from, String to) {
    for (String name : List.copyOf(left.keySet())) {
      if (name.startsWith(from + ".")) {
        TensorData tensor = left.get(name);
        left.remove(name);
        add(Tensors.named(to + name.substring(from.length()), tensor));
      }
    }
  }

  /** Moves a linear map to where a convolution over single frames is. */
  void movePointwise(String from, String to) throws ImportException {
    change(from + ".weight", Tensors::pointwise);
    move(from, to);
  }

  void add(TensorData tensor) {
    moved.add(tensor);
  }

  /** Everything, under its new name where it has one. */
  List<TensorData> tensors() {
    List<TensorData> all = new ArrayList<>(moved);
    all.addAll(left.values());
    return all;
  }
}
