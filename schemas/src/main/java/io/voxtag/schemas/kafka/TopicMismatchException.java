package io.voxtag.schemas.kafka;

import io.voxtag.schemas.Topic;

/** A topic exists, but keeps its records in another way than Voxtag relies on. */
public final class TopicMismatchException extends RuntimeException {

  TopicMismatchException(Topic<?> topic, String found) {
    super(
        "Topic "
            + topic.name()
            + " has cleanup.policy="
            + found
            + "; Voxtag needs "
            + topic.retention().cleanupPolicy()
            + ". Change it with kafka-configs, or remove the topic if its records may go.");
  }
}
