package io.voxtag.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The registry did not answer, or does not hold the schema that is to be written with. This is no
 * fault of a record: the same record may pass later.
 */
public final class SchemaRegistryException extends KafkaException {

  SchemaRegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
