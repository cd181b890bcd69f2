package io.voxtag.modelstore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where model bundles lie; the configuration keys begin with {@code voxtag.models}. */
@ConfigMapping(prefix = "voxtag.models")
public interface ModelStoreSettings {

  /**
   * {@code store}: a folder ({@code file:///var/lib/voxtag/models}) or a bucket ({@code
   * s3://bucket/prefix}). Without one, which is the default, the process serves the bundle that
   * {@code voxtag.model} names and takes no part in upgrades.
   */
  Optional<URI> store();

  /** {@code cache}: folder for copies of bundles. {@code data/model-cache} by default. */
  @WithDefault("data/model-cache")
  Path cache();

  /**
   * {@code signed-by}: PEM file with the Ed25519 public key that every bundle must be signed with.
   * By default signatures are not asked for.
   */
  Optional<Path> signedBy();

  /** Keys under {@code s3}. */
  S3 s3();

  /** How to reach a bucket. */
  interface S3 {

    /** {@code endpoint}: of the storage, for other services than Amazon's. */
    Optional<URI> endpoint();

    /** {@code region}. {@code us-east-1} by default. */
    @WithDefault("us-east-1")
    String region();

    /** {@code access-key}; by default the usual sources of Amazon's client are asked. */
    Optional<String> accessKey();

    /** {@code secret-key} to the access key. */
    Optional<String> secretKey();
  }
}
