package io.voxtag.modelstore;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store that a configuration names. */
public final class ModelStores {

  private ModelStores() {}

  /**
   * The store; empty where none is configured.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  public static Optional<ModelStore> open(ModelStoreSettings settings) {
    return settings.store().map(store -> open(store, settings));
  }

  private static ModelStore open(URI store, ModelStoreSettings settings) {
    Signatures signatures = settings.signedBy().map(Signatures::by).orElse(null);
    return new CachedModelStore(remote(store, settings), settings.cache(), signatures);
  }

  private static Remote remote(URI store, ModelStoreSettings settings) {
    String scheme = store.getScheme();
    if (scheme == null) {
      return new FolderRemote(Path.of(store.getPath()));
    }
    return switch (scheme) {
      case "file" -> new FolderRemote(Path.of(store));
      case "s3" -> S3Remote.open(store, settings.s3());
      default ->
          throw new IllegalArgumentException(
              "voxtag.models.store is %s; it must be a folder (file:///...) or a bucket (s3://...)"
                  .formatted(store));
    };
  }
}
