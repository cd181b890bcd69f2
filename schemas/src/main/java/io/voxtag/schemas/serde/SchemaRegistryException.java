package io.voxtag.schemas.serde;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The registry did not answer, or does not hold the schema that is to be written with. This is no
 * fault of a record: the same record may pass later.
 */
public final class SchemaRegistryException extends KafkaException {

  /** The message says what was asked of the registry, the cause how that failed. */
  public SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether an error is, or comes from, a registry that did not help. */
  public static boolean isBehind(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SchemaRegistryException) {
        return true;
      }
    }
    return false;
  }
}
