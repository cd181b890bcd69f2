package io.voxtag.voiceprint.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bundle as a folder, for those that need one: one that is a zip is unpacked until this is
 * closed.
 */
public final class BundleFolder implements AutoCloseable {

  private final Path folder;
  private final boolean temporary;

  private BundleFolder(Path folder, boolean temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /**
   * Opens a bundle.
   *
   * @param bundle folder, which is used as it is, or zip
   * @throws BundleException if it is a zip and refused
   * @throws IOException if it cannot be read or unpacked
   */
  public static BundleFolder of(Path bundle) throws IOException {
    if (!Files.isRegularFile(bundle)) {
      return new BundleFolder(bundle, false);
    }
    ModelBundle read = ModelBundle.open(bundle);
    BundleFolder unpacked = new BundleFolder(Files.createTempDirectory("voxtag-bundle"), true);
    try {
      read.unpack(unpacked.folder);
      return unpacked;
    } catch (IOException e) {
      unpacked.close();
      throw e;
    }
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
