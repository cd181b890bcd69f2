package io.voxtag.modelstore;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A place in a bucket.
 *
 * @param bucket its name
 * @param prefix of all keys: empty, or names that each end with a slash
 */
record S3Location(String bucket, String prefix) {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,62}");
  private static final Pattern PREFIX =
      Pattern.compile("([A-Za-z0-9!_*'()-][A-Za-z0-9!_.*'()-]*/)*");

  /**
   * The place that a setting names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static S3Location of(URI store) {
    String bucket = Objects.requireNonNullElse(store.getAuthority(), "");
    String path = Objects.requireNonNullElse(store.getPath(), "");
    String prefix = path.startsWith("/") ? path.substring(1) : path;
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      prefix += "/";
    }
    if (!BUCKET.matcher(bucket).matches()
        || !PREFIX.matcher(prefix).matches()
        || store.getQuery() != null
        || store.getFragment() != null) {
      throw new IllegalArgumentException(
          "voxtag.models.store is '%s'; it must be s3://BUCKET or s3://BUCKET/PREFIX"
              .formatted(store));
    }
    return new S3Location(bucket, prefix);
  }

  /** The same place with names after it. */
  URI uri(String path) {
    return URI.create("s3://" + bucket + "/" + prefix + path);
  }
}
