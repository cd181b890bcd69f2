package io.voxtag.schemas.kafka;

import org.jspecify.annotations.Nullable;

/** A setting of {@link KafkaSecurity} is missing or wrong. */
public final class KafkaSecurityException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  KafkaSecurityException(String key, String problem) {
    this(key, problem, null);
  }

  KafkaSecurityException(String key, String problem, @Nullable Throwable cause) {
    super(SecurityProperties.PREFIX + key + " " + problem, cause);
  }
}
