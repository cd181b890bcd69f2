package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The state of a run in a folder: tensors in {@code checkpoint.safetensors}, and how far the run is
 * inside them, so that one atomic rename makes it whole.
 */
final class Checkpoint {
  static final String FILE = "checkpoint.safetensors";

  /** Tensors of this name hold the {@link RunState}. */
  static final String RUN = "run";

  private Checkpoint() {}

  static void save(NDManager manager, Path directory, Map<String, NDArray> tensors, RunState run)
      throws IOException {
    Files.createDirectories(directory);
    Path partial = directory.resolve(FILE + ".partial");
    try (NDManager scratch = manager.newSubManager();
        OutputStream out = Files.newOutputStream(partial)) {
      NDList list = new NDList();
      tensors.forEach(
          (name, array) -> {
            NDArray plain = array.stopGradient();
            plain.attach(scratch);
            plain.setName(name);
            list.add(plain);
          });
      NDArray at = scratch.create(run.toNumbers());
      at.setName(RUN);
      list.add(at);
      list.encode(out, NDList.Encoding.SAFETENSORS);
    }
    Files.move(
        partial,
        directory.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Copies a saved state into the tensors.
   *
   * @return how far the run was
   * @throws CheckpointException if the saved tensors are not those of this run
   */
  static RunState load(NDManager manager, Path directory, Map<String, NDArray> tensors)
      throws IOException {
    Path file = directory.resolve(FILE);
    try (NDManager scratch = manager.newSubManager();
        InputStream in = Files.newInputStream(file)) {
      RunState run = null;
      int copied = 0;
      for (NDArray array : NDList.decode(scratch, in)) {
        if (RUN.equals(array.getName())) {
          run = RunState.of(array.toDoubleArray());
          continue;
        }
        NDArray target = tensors.get(array.getName());
        if (target == null || !target.getShape().equals(array.getShape())) {
          throw new CheckpointException(
              file + " is of another configuration: it has " + array.getName() + array.getShape());
        }
        NDArray plain = target.stopGradient();
        plain.attach(scratch);
        // In place: copyTo would give the alias other storage and leave the parameter as it was.
        plain.muli(0).addi(array);
        copied++;
      }
      if (run == null || copied != tensors.size()) {
        throw new CheckpointException(
            file + " has " + copied + " of the " + tensors.size() + " tensors of this run");
      }
      return run;
    }
  }
}
