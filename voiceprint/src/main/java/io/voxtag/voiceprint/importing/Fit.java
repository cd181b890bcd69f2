package io.voxtag.voiceprint.importing;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.StateDict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares weights with the network that they should be of, for which no memory is taken. */
final class Fit {
  private static final int SHOWN_NAMES = 8;

  private Fit() {}

  /**
   * Checks that there is a weight of the right shape for each parameter, and no other.
   *
   * @param bins of a frame of the input
   * @return the size of the embedding
   * @throws ImportException if there is not, or no such network
   */
  static int require(
      String architecture, Map<String, Object> arguments, int bins, List<TensorData> tensors)
      throws ImportException {
    Map<String, Object> all = new LinkedHashMap<>(arguments);
    all.put("input_size", bins);
    Block network;
    try {
      network = Architecture.of(architecture).create(all);
    } catch (IllegalArgumentException e) {
      throw new ImportException(String.valueOf(e.getMessage()), e);
    }
    Map<String, Parameter> missing = new LinkedHashMap<>(StateDict.of(network));
    List<String> left = new ArrayList<>();
    for (TensorData tensor : tensors) {
      Parameter parameter = missing.remove(tensor.name());
      if (parameter == null) {
        left.add(tensor.name());
      } else if (!Arrays.equals(parameter.getShape().getShape(), tensor.shape())) {
        throw new ImportException(
            "%s has shape %s, but %s with %s needs %s"
                .formatted(
                    tensor.name(),
                    Arrays.toString(tensor.shape()),
                    architecture,
                    all,
                    parameter.getShape()));
      }
    }
    if (!missing.isEmpty() || !left.isEmpty()) {
      throw new ImportException(
          "is not all of %s, or more: missing are %s, left over are %s"
              .formatted(architecture, shown(new ArrayList<>(missing.keySet())), shown(left)));
    }
    Shape input = new Shape(1, 100, bins);
    return (int) network.getOutputShapes(new Shape[] {input})[0].get(1);
  }

  /** The first of many names. */
  static String shown(List<String> names) {
    int more = names.size() - SHOWN_NAMES;
    return more <= 0 ? names.toString() : names.subList(0, SHOWN_NAMES) + " and " + more + " more";
  }
}
