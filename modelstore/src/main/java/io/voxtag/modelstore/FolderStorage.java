package io.voxtag.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder with a folder for each version. */
final class FolderStorage implements Storage {

  private final Path root;

  FolderStorage(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The folder that a setting names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static FolderStorage at(URI store) {
    Optional<Path> folder = path(store);
    if (folder.isEmpty() || Files.isRegularFile(folder.get())) {
      throw new IllegalArgumentException(
          "voxtag.models.store is '%s'; it must name a folder, as file:///var/lib/voxtag/models"
              .formatted(store));
    }
    return new FolderStorage(folder.get());
  }

  private static Optional<Path> path(URI uri) {
    try {
      return Optional.of(Path.of(uri));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public URI uri(BundleKey key) {
    // Of a path that is not there one could not tell whether it is a folder's.
    String folder = root.toUri().toString();
    return URI.create((folder.endsWith("/") ? folder : folder + "/") + key.version());
  }

  @Override
  public BundleKey key(URI uri, String sha256) throws BundleRefusedException {
    if (root.toUri().getScheme().equalsIgnoreCase(uri.getScheme())) {
      Path path = path(uri).map(Path::normalize).orElse(root);
      if (root.equals(path.getParent())
          && BundleManifest.isPlainName(path.getFileName().toString())) {
        return new BundleKey(path.getFileName().toString(), sha256);
      }
    }
    throw new BundleRefusedException(
        "%s is not a bundle in the store %s".formatted(uri, root.toUri()));
  }

  @Override
  public Storage.BundleSource files(BundleKey key) {
    Path folder = root.resolve(key.version());
    return name -> open(folder.resolve(name));
  }

  private Optional<InputStream> open(Path file) throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(
          "the folder of the model store, %s, is not there; is it mounted?".formatted(root));
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new BundleRefusedException(file + " is not a plain file");
    }
    return Optional.of(Files.newInputStream(file));
  }

  @Override
  public void store(LocalBundle bundle) throws IOException {
    Path target = root.resolve(bundle.manifest().key().version());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) || !copy(bundle, target)) {
      requireSame(bundle, target);
    }
  }

  private boolean copy(LocalBundle bundle, Path target) throws IOException {
    try (IncomingFolder incoming = IncomingFolder.in(root)) {
      for (Map.Entry<String, ListedFile> file : bundle.manifest().files().entrySet()) {
        try (InputStream in = Files.newInputStream(bundle.file(file.getKey()))) {
          incoming.write(file.getKey(), in, file.getValue(), bundle.toString());
        }
      }
      byte @Nullable [] signature = bundle.signature();
      if (signature != null) {
        incoming.write(BundleManifest.SIGNATURE, signature);
      }
      incoming.write(BundleManifest.NAME, bundle.manifest().json());
      return incoming.moveTo(target);
    }
  }

  private void requireSame(LocalBundle bundle, Path target) throws IOException {
    BundleKey there = LocalBundle.manifest(target).key();
    if (!there.equals(bundle.manifest().key())) {
      throw Conflicts.otherBundle(bundle, there.sha256(), target.toString());
    }
    // Otherwise it would be announced, and then nobody could fetch it.
    byte @Nullable [] signature = LocalBundle.open(target).signature();
    byte @Nullable [] wanted = bundle.signature();
    if (wanted == null || Arrays.equals(signature, wanted)) {
      return;
    }
    if (signature != null) {
      throw Conflicts.otherSignature(bundle, target.toString());
    }
    try (IncomingFolder incoming = IncomingFolder.in(root)) {
      incoming.write(BundleManifest.SIGNATURE, wanted);
      incoming.moveFileTo(BundleManifest.SIGNATURE, target.resolve(BundleManifest.SIGNATURE));
    }
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
