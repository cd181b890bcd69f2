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
import java.util.Optional;

/**
 * The state of a run in a folder: tensors in {@code checkpoint.safetensors} and the step inside
 * them, so that one atomic rename makes it whole.
 */
final class Checkpoint {
  private static final String FILE = "checkpoint.safetensors";
  private static final String STEP = "step";

  private Checkpoint() {}

  static void save(NDManager manager, Path directory, Map<String, NDArray> tensors, long step)
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
      NDArray at = scratch.create(new long[] {step});
      at.setName(STEP);
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
   * @return the step after which it was saved, or empty where nothing was saved
   * @throws IllegalStateException if the saved tensors are not those of this run
   */
  static Optional<Long> load(NDManager manager, Path directory, Map<String, NDArray> tensors)
      throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (NDManager scratch = manager.newSubManager();
        InputStream in = Files.newInputStream(file)) {
      long step = -1;
      int copied = 0;
      for (NDArray array : NDList.decode(scratch, in)) {
        if (STEP.equals(array.getName())) {
          step = array.toLongArray()[0];
          continue;
        }
        NDArray target = tensors.get(array.getName());
        if (target == null || !target.getShape().equals(array.getShape())) {
          throw new IllegalStateException(
              file + " is of another configuration: it has " + array.getName() + array.getShape());
        }
        NDArray plain = target.stopGradient();
        plain.attach(scratch);
        // In place: copyTo would give the alias other storage and leave the parameter as it was.
        plain.muli(0).addi(array);
        copied++;
      }
      if (step < 0 || copied != tensors.size()) {
        throw new IllegalStateException(
            file + " has " + copied + " of the " + tensors.size() + " tensors of this run");
      }
      return Optional.of(step);
    }
  }
}
