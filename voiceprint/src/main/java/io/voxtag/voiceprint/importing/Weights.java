package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of a checkpoint as float32, by the names that they have there. */
final class Weights {
  /** A count of batches that normalisations keep and nobody needs. */
  private static final String COUNTER = "num_batches_tracked";

  private final Map<String, TensorData> tensors;

  private Weights(Map<String, TensorData> tensors) {
    this.tensors = tensors;
  }

  /**
   * Takes over all floating-point tensors.
   *
   * @throws ImportException if another tensor is no counter, or a number does not fit
   */
  static Weights of(Map<String, TensorData> tensors) throws ImportException {
    Map<String, TensorData> floats = new LinkedHashMap<>();
    for (TensorData tensor : tensors.values()) {
      if (tensor.dtype().isFloating()) {
        floats.put(tensor.name(), asFloat(tensor));
      } else if (!tensor.name().endsWith(COUNTER)) {
        throw new ImportException(
            "tensor '%s' is of %s; weights are floating-point numbers"
                .formatted(tensor.name(), tensor.dtype()));
      }
    }
    return new Weights(floats);
  }

  private static TensorData asFloat(TensorData tensor) throws ImportException {
    try {
      TensorData converted = tensor.as(DType.F32);
      if (!converted.isFinite()) {
        throw new ImportException(
            "tensor '" + tensor.name() + "' has values that are not finite numbers");
      }
      return converted;
    } catch (IllegalArgumentException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Only what lies under a prefix, without it, where anything does; otherwise everything.
   *
   * @param others gets the names of what is left out
   */
  Weights under(String prefix, List<String> others) {
    if (tensors.keySet().stream().noneMatch(name -> name.startsWith(prefix))) {
      return this;
    }
    Map<String, TensorData> inside = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            String rest = name.substring(prefix.length());
            inside.put(rest, Tensors.named(rest, tensor));
          } else {
            others.add(name);
          }
        });
    return new Weights(inside);
  }

  /**
   * What does not lie under a prefix.
   *
   * @param others gets the names of what does
   */
  Weights without(String prefix, List<String> others) {
    Map<String, TensorData> kept = new LinkedHashMap<>(tensors);
    kept.keySet()
        .removeIf(
            name -> {
              boolean inside = name.startsWith(prefix);
              if (inside) {
                others.add(name);
              }
              return inside;
            });
    return new Weights(kept);
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** A tensor that the network cannot be without. */
  TensorData get(String name) throws ImportException {
    return Optional.ofNullable(tensors.get(name))
        .orElseThrow(() -> new ImportException("has no tensor '" + name + "'"));
  }

  /** The size of a tensor along an axis. */
  int size(String name, int axis) throws ImportException {
    long[] shape = get(name).shape();
    if (axis >= shape.length || shape[axis] < 1 || shape[axis] > Integer.MAX_VALUE) {
      throw new ImportException(
          "tensor '%s' has shape %s, which has no size along axis %d"
              .formatted(name, java.util.Arrays.toString(shape), axis));
    }
    return (int) shape[axis];
  }

  /**
   * How many names follow each other from a number on.
   *
   * @param format of the names, with {@code %d}
   */
  int count(String format, int from) {
    int number = from;
    while (has(format.formatted(number))) {
      number++;
    }
    return number - from;
  }

  List<String> names() {
    return new ArrayList<>(tensors.keySet());
  }

  List<TensorData> all() {
    return new ArrayList<>(tensors.values());
  }
}
