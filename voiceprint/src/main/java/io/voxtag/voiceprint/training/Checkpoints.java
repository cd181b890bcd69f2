package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The checkpoints in the folder of a run: {@code last_model}, {@code epoch_N} and {@code
 * best_model}. A checkpoint's file is never changed, only replaced, so that several names can share
 * it.
 */
final class Checkpoints {
  private static final String LAST = "last_model";
  private static final String BEST = "best_model";
  private static final String EPOCH = "epoch_";

  private final Path directory;
  private final int keep;

  /**
   * @param keep epochs whose checkpoints are kept
   */
  Checkpoints(Path directory, int keep) {
    this.directory = directory;
    this.keep = keep;
  }

  Path last() {
    return directory.resolve(LAST);
  }

  /** Whether there is one to go on from. */
  boolean any() {
    return Files.exists(last().resolve(Checkpoint.FILE));
  }

  void save(NDManager manager, Map<String, NDArray> tensors, RunState run) throws IOException {
    Checkpoint.save(manager, last(), tensors, run);
  }

  /** Keeps the last checkpoint under the name of its epoch, and forgets that of an old one. */
  void keepEpoch(long epoch) throws IOException {
    share(directory.resolve(EPOCH + epoch));
    List<Path> epochs;
    try (Stream<Path> files = Files.list(directory)) {
      epochs =
          files
              .filter(file -> file.getFileName().toString().matches(EPOCH + "\\d+"))
              .sorted(Comparator.comparingLong(Checkpoints::epoch))
              .toList();
    }
    for (Path old : epochs.subList(0, Math.max(0, epochs.size() - keep))) {
      Files.deleteIfExists(old.resolve(Checkpoint.FILE));
      Files.delete(old);
    }
  }

  /** Keeps the last checkpoint as the best. */
  void keepBest() throws IOException {
    share(directory.resolve(BEST));
  }

  private void share(Path target) throws IOException {
    Files.createDirectories(target);
    Path source = last().resolve(Checkpoint.FILE);
    Path partial = target.resolve(Checkpoint.FILE + ".partial");
    Files.deleteIfExists(partial);
    try {
      Files.createLink(partial, source);
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Not every file system has links.
      Files.copy(source, partial);
    }
    Files.move(
        partial,
        target.resolve(Checkpoint.FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    // Moving a link onto another one to the same file does nothing at all.
    Files.deleteIfExists(partial);
  }

  private static long epoch(Path folder) {
    return Long.parseLong(folder.getFileName().toString().substring(EPOCH.length()));
  }
}
