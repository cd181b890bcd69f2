package io.voxtag.modelstore;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Opens the store that a configuration names. */
public final class ModelStores {

  private ModelStores() {}

  /**
   * Opens a store; nothing is read or written yet.
   *
   * @return empty where {@code voxtag.models.store} is not set
   * @throws IllegalArgumentException if a setting is wrong; its message names the key
   */
  public static Optional<ModelStore> open(ModelStoreSettings settings) {
    return settings.store().map(store -> open(store, settings));
  }

  /**
   * Refuses a bundle that the process is configured with and that is not signed as {@code
   * signed-by} demands; takes all where it demands nothing.
   *
   * @param bundle a folder or zip
   * @throws BundleRefusedException if it is not signed by that key
   * @throws IOException if it cannot be read
   */
  public static void requireSigned(ModelStoreSettings settings, Path bundle) throws IOException {
    if (settings.signedBy().isPresent()) {
      LocalBundle local = LocalBundle.open(bundle);
      SignatureCheck.by(settings.signedBy().get())
          .require(local.manifest(), local.signature(), local.toString());
    }
  }

  private static ModelStore open(URI store, ModelStoreSettings settings) {
    Path cache = settings.cache().toAbsolutePath().normalize();
    if (Files.exists(cache) && !Files.isDirectory(cache)) {
      throw new IllegalArgumentException(
          "voxtag.models.cache is '%s', which is a file; it must be a folder".formatted(cache));
    }
    SignatureCheck signatures =
        settings.signedBy().map(SignatureCheck::by).orElse(SignatureCheck.NONE);
    return new CheckedModelStore(
        storage(store, settings.s3()), new BundleCache(cache, signatures), signatures);
  }

  private static Storage storage(URI store, ModelStoreSettings.S3 s3) {
    return switch (Objects.requireNonNullElse(store.getScheme(), "").toLowerCase(Locale.ROOT)) {
      case "file" -> FolderStorage.at(store);
      case "s3" -> S3Storage.connect(S3Location.of(store), s3);
      default ->
          throw new IllegalArgumentException(
              "voxtag.models.store is '%s'; it must be file:///FOLDER or s3://BUCKET/PREFIX"
                  .formatted(store));
    };
  }
}
