package io.voxtag.console.feed;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What the page may order, each by a record. Every method returns when Kafka has it, or throws
 * {@link org.apache.kafka.common.KafkaException}. Thread-safe.
 */
public final class Orders implements AutoCloseable {

  private static final int SEND_TIMEOUT_MS = 15_000;

  private final Producer<String, Enrollment> enrollments;
  private final Producer<String, TrainingCommand> commands;
  private final ModelVersionsWriter versions;

  /** Connects. */
  public Orders(KafkaSettings kafka) {
    enrollments = producer(kafka, Topics.ENROLLMENTS);
    commands = producer(kafka, Topics.TRAINING_COMMANDS);
    versions = new ModelVersionsWriter(kafka);
  }

  private static <V> Producer<String, V> producer(KafkaSettings kafka, Topic<V> topic) {
    Map<String, Object> properties = ClientProperties.producer(kafka, "voxtag-console", topic);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_TIMEOUT_MS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS / 2);
    properties.putAll(kafka.properties());
    return new KafkaProducer<>(
        properties, new StringSerializer(), EventSerdes.of(kafka).of(topic).serializer());
  }

  /** Erases recordings everywhere. */
  public void erase(Collection<EnrollmentKey> recordings) {
    for (EnrollmentKey recording : recordings) {
      send(enrollments, Topics.ENROLLMENTS, recording.encode(), null);
    }
  }

  /** Puts a version into service. */
  public void promote(ModelVersion version) {
    versions.write(
        ModelVersions.changed(
            version, ModelStatus.ACTIVE, "promoted on the console", Instant.now()));
  }

  /** Starts a training with the default configuration. */
  public void train(String request) {
    command(request, TrainingAction.START);
  }

  /** Ends a training. */
  public void cancel(String request) {
    command(request, TrainingAction.CANCEL);
  }

  private void command(String request, TrainingAction action) {
    send(
        commands,
        Topics.TRAINING_COMMANDS,
        request,
        TrainingCommand.newBuilder()
            .setRequestId(request)
            .setAction(action)
            .setRequestedAt(Instant.now())
            .build());
  }

  private static <V> void send(
      Producer<String, V> producer, Topic<V> topic, String key, @Nullable V value) {
    KafkaAnswers.await(producer.send(new ProducerRecord<>(topic.name(), key, value)));
  }

  @Override
  public void close() {
    enrollments.close();
    commands.close();
    versions.close();
  }
}
