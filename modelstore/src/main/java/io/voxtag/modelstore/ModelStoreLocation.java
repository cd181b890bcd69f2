package io.voxtag.modelstore;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of a store as a value, for programs and tests without a configuration. */
public record ModelStoreLocation(
    Optional<URI> store, Path cache, Optional<Path> signedBy, Bucket s3)
    implements ModelStoreSettings {

  /** How to reach a bucket. */
  public record Bucket(
      Optional<URI> endpoint, String region, Optional<String> accessKey, Optional<String> secretKey)
      implements S3 {}

  /** A store in a folder. */
  public static ModelStoreLocation in(Path folder, Path cache) {
    return new ModelStoreLocation(
        Optional.of(folder.toUri()),
        cache,
        Optional.empty(),
        new Bucket(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty()));
  }

  /** The same, taking only bundles that this key has signed. */
  public ModelStoreLocation signedBy(Path publicKey) {
    return new ModelStoreLocation(store, cache, Optional.of(publicKey), s3);
  }
}
