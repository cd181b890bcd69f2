package io.voxtag.console.training;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Asks the trainer for something. Thread-safe. */
public final class TrainingDesk implements AutoCloseable {

  private final Producer<String, TrainingCommand> producer;

  /** Connects. */
  public TrainingDesk(KafkaSettings kafka) {
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(kafka, "voxtag-console-training", Topics.TRAINING_COMMANDS),
            new StringSerializer(),
            EventSerdes.of(kafka).of(Topics.TRAINING_COMMANDS).serializer());
  }

  /**
   * Asks for a training with the trainer's own configuration.
   *
   * @param baseVersion model version to start from; null starts from random weights
   * @return the request's id
   */
  public String start(@Nullable String baseVersion) {
    String request = "console-" + UUID.randomUUID();
    send(request, TrainingAction.START, baseVersion);
    return request;
  }

  /** Asks to cancel a training. */
  public void cancel(String request) {
    send(request, TrainingAction.CANCEL, null);
  }

  private void send(String request, TrainingAction action, @Nullable String baseVersion) {
    TrainingCommand command =
        TrainingCommand.newBuilder()
            .setRequestId(request)
            .setAction(action)
            .setBaseVersion(baseVersion)
            .setRequestedAt(Instant.now())
            .build();
    KafkaAnswers.await(
        producer.send(new ProducerRecord<>(Topics.TRAINING_COMMANDS.name(), request, command)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
