package io.voxtag.schemas.kafka;

/** The broker has no such topic. */
public final class TopicMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TopicMissingException(String topic, String brokers) {
    super(
        "Kafka at "
            + brokers
            + " has no topic "
            + topic
            + ": make Voxtag's topics with 'voxtag topics create'");
  }
}
