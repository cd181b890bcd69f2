package io.voxtag.matcher.registry;

import java.nio.file.Path;

/** The authorities that Redis' certificate may be from cannot be read. */
public final class RedisTrustException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisTrustException(Path file, Throwable cause) {
    super(
        "voxtag.matcher.redis.trust names %s; it must be a PEM file with certificates: %s"
            .formatted(file, cause.getMessage()),
        cause);
  }
}
