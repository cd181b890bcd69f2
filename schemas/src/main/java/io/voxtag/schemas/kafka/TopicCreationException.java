package io.voxtag.schemas.kafka;

/** A missing topic could not be created. */
public final class TopicCreationException extends RuntimeException {

  TopicCreationException(String topic, short replicationFactor, Throwable cause) {
    super(
        "Topic "
            + topic
            + " could not be created with replication factor "
            + (replicationFactor < 0 ? "of the broker" : replicationFactor)
            + ": "
            + cause.getMessage(),
        cause);
  }
}
