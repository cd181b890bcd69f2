package io.voxtag.modelstore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A place for model bundles. Thread-safe. */
public interface ModelStore extends AutoCloseable {

  /**
   * Stores a bundle under the version that its {@code model.json} names. The same bundle again
   * changes nothing, except that a signature is added where there was none.
   *
   * @param bundle a folder with a {@code model.json} and the files that it lists
   * @return where it lies now
   * @throws BundleRefusedException if it is no whole bundle, not signed as demanded, or if another
   *     one has that version
   * @throws IOException if the store fails
   */
  StoredBundle put(Path bundle) throws IOException;

  /**
   * A local copy of a stored bundle, checked file by file. A copy that is there already is checked
   * and used.
   *
   * @param uri where it lies, as {@link #put} said; must be inside this store
   * @param sha256 of its {@code model.json}, 64 hexadecimal digits
   * @return a folder; not to be changed
   * @throws BundleRefusedException if the bundle is not there, not what the digests say, not signed
   *     as demanded, or outside the store: trying again does not help
   * @throws IOException if the store or the disk fails: trying again may help
   */
  Path fetch(URI uri, String sha256) throws IOException;

  @Override
  void close();
}
