package io.voxtag.modelstore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Files under names, wherever they are kept. What is written is never changed. */
interface Remote extends AutoCloseable {

  /** Address that all names are under, ending with a slash. */
  URI base();

  /** Whether a file is there. */
  boolean exists(String name) throws IOException;

  /** Writes a file that is not there, whole or not at all. */
  void write(String name, Path content) throws IOException;

  /**
   * Copies a file here.
   *
   * @param most bytes it may have
   * @return its size; empty where it is not there
   * @throws BundleRefusedException if it is larger
   */
  Optional<Long> read(String name, Path target, long most) throws IOException;

  @Override
  void close();
}
