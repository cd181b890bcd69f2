package io.voxtag.schemas.lifecycle;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
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
   * @throws KafkaException if Kafka does not take it
   */
  public void write(ModelVersion state) {
    try {
      producer
          .send(new ProducerRecord<>(Topics.MODEL_VERSIONS.name(), state.getVersion(), state))
          .get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
