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
 * @param taken tensors whose name and shape fitted
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
    List<String> notTaken = new ArrayList<>();
    List<String> missing = new ArrayList<>(parameters.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Parameter parameter = parameters.get(name);
          if (fits(tensor, parameter)) {
            StateDict.assign(parameter, tensor.toFloats());
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
