package io.voxtag.schemas.speakers;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Instant;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes recordings of speakers to be known, and the wish to erase them. Thread-safe. */
public final class EnrollmentWriter implements AutoCloseable {

  private final KafkaProducer<String, Enrollment> producer;

  /** Connects. */
  public EnrollmentWriter(KafkaSettings settings) {
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, "voxtag-enroll", Topics.ENROLLMENTS),
            new StringSerializer(),
            EventSerdes.of(settings).of(Topics.ENROLLMENTS).serializer());
  }

  /**
   * Publishes a recording and returns when Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void enroll(EnrollmentKey key, AudioClip clip, Consent consent) {
    send(
        key,
        Enrollment.newBuilder()
            .setSpeakerId(key.speakerId())
            .setUtteranceId(key.utteranceId())
            .setOperation(EnrollmentOperation.ADD)
            .setConsent(consent)
            .setAudio(clip)
            .setRequestedAt(Instant.now())
            .build());
  }

  /**
   * Publishes the wish to erase a recording everywhere, and returns when Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void erase(EnrollmentKey key) {
    send(key, null);
  }

  private void send(EnrollmentKey key, @Nullable Enrollment value) {
    KafkaAnswers.await(
        producer.send(new ProducerRecord<>(Topics.ENROLLMENTS.name(), key.encode(), value)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
