package io.voxtag.modelstore;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Settings as a value, for programs and tests without a configuration. */
public record ModelStoreLocation(
    Optional<URI> store, Path cache, Optional<Path> signedBy, ModelStoreSettings.S3 s3)
    implements ModelStoreSettings {

  /** How to reach a bucket, as a value. */
  public record Bucket(
      Optional<URI> endpoint, String region, Optional<String> accessKey, Optional<String> secretKey)
      implements ModelStoreSettings.S3 {

    /** Amazon's storage with credentials from the usual sources. */
    public static final Bucket AMAZON =
        new Bucket(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty());

    /** Another storage. */
    public static Bucket at(URI endpoint, String accessKey, String secretKey) {
      return new Bucket(
          Optional.of(endpoint), "us-east-1", Optional.of(accessKey), Optional.of(secretKey));
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Bucket[endpoint=%s, region=%s, accessKey=%s]".formatted(endpoint, region, accessKey);
    }
  }

  /** A store with a folder for copies; signatures are not asked for. */
  public static ModelStoreLocation of(URI store, Path cache) {
    return new ModelStoreLocation(Optional.of(store), cache, Optional.empty(), Bucket.AMAZON);
  }

  /** A folder with a folder for copies; signatures are not asked for. */
  public static ModelStoreLocation folder(Path store, Path cache) {
    return of(store.toUri(), cache);
  }

  /** The same, but every bundle must be signed by the key in a PEM file. */
  public ModelStoreLocation withSignedBy(Path pem) {
    return new ModelStoreLocation(store, cache, Optional.of(pem), s3);
  }

  /** The same with another way to reach the bucket. */
  public ModelStoreLocation withBucket(Bucket bucket) {
    return new ModelStoreLocation(store, cache, signedBy, bucket);
  }
}
