package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;

/** What {@code model-versions} says, and how to answer. Thread-safe. */
interface VersionsTopic extends AutoCloseable {

  /** What is known now. */
  ModelVersions current();

  /**
   * Waits until everything is known that was in the topic when this was called.
   *
   * @return false where that takes longer than the time given
   */
  boolean awaitCurrent(Duration timeout) throws InterruptedException;

  /**
   * Writes a state and waits until Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  void write(ModelVersion state);

  @Override
  void close();
}
