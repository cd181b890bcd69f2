package io.voxtag.standalone.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that goes with the command, also when it is broken off, unless it was told to stay.
 * Thread-safe.
 */
final class TemporaryFolder {

  private final Path path;
  private volatile boolean kept;

  TemporaryFolder() throws IOException {
    path = Files.createTempDirectory("voxtag-");
  }

  Path path() {
    return path;
  }

  void keep() {
    kept = true;
  }

  /** Deletes it with all that is in it; nothing where it is kept or deleted already. */
  synchronized void delete() {
    if (kept || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The temporary folder " + path + " cannot be deleted", e);
    }
  }
}
