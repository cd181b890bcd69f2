package io.voxtag.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of bundles in a folder, each in one that is named by the digest of its {@code model.json}.
 * Several processes may share it. Nothing is ever removed but damaged copies.
 */
final class BundleCache {

  private static final Logger LOG = LoggerFactory.getLogger(BundleCache.class);
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final SignatureCheck signatures;

  BundleCache(Path folder, SignatureCheck signatures) {
    this.folder = folder;
    this.signatures = signatures;
  }

  /** A copy that passes all checks. */
  Optional<Path> find(BundleKey key) throws IOException {
    Path copy = copy(key);
    if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      check(copy, key);
      return Optional.of(copy);
    } catch (BundleRefusedException e) {
      LOG.warn("Copy not used, fetching again version={} reason={}", key.version(), e.getMessage());
      return Optional.empty();
    }
  }

  private void check(Path copy, BundleKey key) throws IOException {
    LocalBundle bundle = LocalBundle.open(copy);
    bundle.manifest().require(key, copy.toString());
    signatures.require(bundle.manifest(), bundle.signature(), copy.toString());
  }

  private Path copy(BundleKey key) {
    return folder.resolve(key.sha256());
  }

  IncomingFolder begin() throws IOException {
    return IncomingFolder.in(folder);
  }

  /** Makes a checked folder the copy, instead of one that is damaged. */
  Path install(BundleKey key, IncomingFolder checked) throws IOException {
    Path copy = copy(key);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (checked.moveTo(copy)) {
        return copy;
      }
      try {
        // Another process may have been quicker.
        check(copy, key);
        return copy;
      } catch (BundleRefusedException e) {
        IncomingFolder.remove(copy);
      }
    }
    throw new IOException("cannot replace the damaged copy %s".formatted(copy));
  }
}
