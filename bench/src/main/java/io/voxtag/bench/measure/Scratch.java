package io.voxtag.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is deleted with everything in it when it is closed. */
public final class Scratch implements AutoCloseable {
  private final Path root;

  /** Makes an empty one. */
  public Scratch() throws IOException {
    root = Files.createTempDirectory("voxtag-bench");
  }

  /** A path inside, where nothing needs to be. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** A folder inside, made where it is missing. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(path(name));
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(root)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
