package io.voxtag.schemas.lifecycle;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes states of model versions. Thread-safe. */
public final class ModelVersionsWriter implements AutoCloseable {

  private final Producer<String, ModelVersion> producer;

  /** A writer with a client of its own. */
  public ModelVersionsWriter(KafkaSettings kafka) {
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(kafka, "voxtag-model-versions", Topics.MODEL_VERSIONS),
            new StringSerializer(),
            EventSerdes.of(kafka).of(Topics.MODEL_VERSIONS).serializer());
  }

  /**
   * Writes a state and waits until Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void write(ModelVersion state) {
    KafkaAnswers.await(
        producer.send(
            new ProducerRecord<>(Topics.MODEL_VERSIONS.name(), state.getVersion(), state)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
