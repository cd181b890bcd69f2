package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder that was found to be a whole bundle: what its {@code model.json} lists, and no more. */
final class LocalBundle {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;
  private final BundleManifest manifest;
  private final byte @Nullable [] signature;

  private LocalBundle(Path folder, BundleManifest manifest, byte @Nullable [] signature) {
    this.folder = folder;
    this.manifest = manifest;
    this.signature = signature;
  }

  /**
   * Reads and checks every file.
   *
   * @throws BundleRefusedException if it is no whole bundle
   * @throws IOException if it cannot be read
   */
  static LocalBundle open(Path folder) throws IOException {
    BundleManifest manifest = manifest(folder);
    requireNothingElse(folder, manifest);
    for (Map.Entry<String, ListedFile> file : manifest.files().entrySet()) {
      check(folder.resolve(file.getKey()), file.getValue());
    }
    Path signature = folder.resolve(BundleManifest.SIGNATURE);
    return new LocalBundle(
        folder,
        manifest,
        Files.exists(signature) ? read(signature, BundleManifest.MAX_SIGNATURE_BYTES) : null);
  }

  /** Reads {@code model.json} only. */
  static BundleManifest manifest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BundleRefusedException(
          "%s is no folder; a bundle is a folder with a %s".formatted(folder, BundleManifest.NAME));
    }
    Path file = folder.resolve(BundleManifest.NAME);
    return BundleManifest.parse(read(file, BundleManifest.MAX_BYTES), file.toString());
  }

  private static byte[] read(Path file, int limit) throws IOException {
    requirePlain(file);
    try (InputStream in = Files.newInputStream(file)) {
      return Bounded.read(in, limit, file.toString());
    }
  }

  private static void requireNothingElse(Path folder, BundleManifest manifest) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!BundleManifest.isUnlisted(name) && !manifest.files().containsKey(name)) {
          throw new BundleRefusedException(
              "%s has '%s', which its %s does not list"
                  .formatted(folder, name, BundleManifest.NAME));
        }
      }
    }
  }

  private static void check(Path file, ListedFile listed) throws IOException {
    requirePlain(file);
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > listed.bytes()) {
          throw listed.tooLong(file.toString());
        }
        digest.update(buffer, 0, n);
      }
    }
    listed.require(file.toString(), new ListedFile(Sha256.finish(digest), bytes));
  }

  // Of a link one could not tell where it leads to later; a pipe would never end.
  private static void requirePlain(Path file) throws BundleRefusedException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleRefusedException(
          "%s has no %s".formatted(file.getParent(), file.getFileName()));
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleRefusedException(file + " is not a plain file");
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  BundleManifest manifest() {
    return manifest;
  }

  /** Null if there is none; not to be changed. */
  byte @Nullable [] signature() {
    return signature;
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
