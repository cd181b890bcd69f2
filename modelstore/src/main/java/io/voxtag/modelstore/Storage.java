package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Where the bytes of bundles lie. Its users check what they get. */
interface Storage extends AutoCloseable {

  /** Reads the files of one bundle. */
  @FunctionalInterface
  interface BundleSource {

    /**
     * Opens a file.
     *
     * @return empty if it is not there
     * @throws IOException if the storage fails
     */
    Optional<InputStream> open(String name) throws IOException;
  }

  /** Where a bundle lies, or would lie. */
  URI uri(BundleKey key);

  /**
   * Which bundle a URI means.
   *
   * @param sha256 of its {@code model.json}
   * @throws BundleRefusedException if the URI is not one of this storage's
   */
  BundleKey key(URI uri, String sha256) throws BundleRefusedException;

  /** The files of a bundle, which need not be there. */
  BundleSource files(BundleKey key);

  /**
   * Stores a bundle, so that it can be read whole or not at all whatever happens meanwhile.
   *
   * @throws BundleRefusedException if another one has its version
   * @throws IOException if the storage fails
   */
  void store(LocalBundle bundle) throws IOException;

  @Override
  void close();
}
