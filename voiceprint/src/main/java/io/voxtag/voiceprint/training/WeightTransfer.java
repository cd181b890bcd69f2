package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came over from the weights that a run starts with.
 *
 * @param taken tensors whose name and shape fitted; of the first layer, also one of more bins,
 *     whose lowest were taken
 * @param notTaken names of the tensors there that fitted nothing
 * @param missing names of the tensors here that stay random
 */
public record WeightTransfer(int taken, List<String> notTaken, List<String> missing) {

  /**
   * Takes what fits.
   *
   * @param base a bundle or the folder of a checkpoint
   * @throws IOException if it is neither
   */
  static WeightTransfer from(Path base, Map<String, Parameter> parameters, NDManager manager)
      throws IOException {
    Map<String, TensorData> tensors =
        Files.exists(base.resolve(Checkpoint.FILE))
            ? checkpoint(base.resolve(Checkpoint.FILE), manager)
            : ModelBundle.open(base).tensors();
    String first = parameters.keySet().iterator().next();
    List<String> notTaken = new ArrayList<>();
    List<String> missing = new ArrayList<>(parameters.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Parameter parameter = parameters.get(name);
          if (fits(tensor, parameter)) {
            StateDict.assign(parameter, tensor.toFloats());
            missing.remove(name);
          } else if (name.equals(first) && isWider(tensor, parameter)) {
            StateDict.assign(parameter, lowestInputs(tensor, parameter));
            missing.remove(name);
          } else {
            notTaken.add(name);
          }
        });
    return new WeightTransfer(
        parameters.size() - missing.size(), List.copyOf(notTaken), List.copyOf(missing));
  }

  private static boolean fits(TensorData tensor, @Nullable Parameter parameter) {
    return parameter != null
        && Arrays.equals(tensor.shape(), parameter.getArray().getShape().getShape());
  }

  /** Whether it is the first layer of the same network for more bins: [channels, bins, frames]. */
  private static boolean isWider(TensorData tensor, @Nullable Parameter parameter) {
    if (parameter == null) {
      return false;
    }
    long[] from = tensor.shape();
    long[] to = parameter.getArray().getShape().getShape();
    return from.length == 3
        && to.length == 3
        && from[0] == to[0]
        && from[1] > to[1]
        && from[2] == to[2];
  }

  private static float[] lowestInputs(TensorData tensor, Parameter parameter) {
    long[] to = parameter.getArray().getShape().getShape();
    int have = (int) (tensor.shape()[1] * tensor.shape()[2]);
    int wanted = (int) (to[1] * to[2]);
    float[] all = tensor.toFloats();
    float[] lowest = new float[(int) to[0] * wanted];
    for (int channel = 0; channel < to[0]; channel++) {
      System.arraycopy(all, channel * have, lowest, channel * wanted, wanted);
    }
    return lowest;
  }

  private static Map<String, TensorData> checkpoint(Path file, NDManager manager)
      throws IOException {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    try (NDManager scratch = manager.newSubManager();
        InputStream in = Files.newInputStream(file)) {
      for (NDArray array : NDList.decode(scratch, in)) {
        String name = array.getName();
        // A new run has its own progress and begins with an optimiser at rest.
        if (!name.equals(Checkpoint.RUN) && !name.matches("(adam|sgd)\\..*")) {
          tensors.put(name, TensorData.of(name, array.toFloatArray(), array.getShape().getShape()));
        }
      }
    }
    return tensors;
  }
}
