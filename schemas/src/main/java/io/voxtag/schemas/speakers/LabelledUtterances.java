package io.voxtag.schemas.speakers;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Offers recordings for training, and takes them back. Thread-safe. */
public final class LabelledUtterances implements AutoCloseable {

  private final KafkaSettings settings;
  private final KafkaProducer<String, LabelledUtterance> producer;

  /**
   * What is said of a recording.
   *
   * @param source where it comes from
   * @param consent the ground on which it may be used
   * @param recordedAt when it was recorded
   */
  public record Origin(String source, Consent consent, Instant recordedAt) {}

  /** Connects. */
  public LabelledUtterances(KafkaSettings settings) {
    this.settings = settings;
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, "voxtag-label", Topics.LABELLED_UTTERANCES),
            new StringSerializer(),
            EventSerdes.of(settings).of(Topics.LABELLED_UTTERANCES).serializer());
  }

  /**
   * Publishes a recording and returns when Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void publish(EnrollmentKey key, AudioClip clip, Origin origin) {
    send(
        key,
        LabelledUtterance.newBuilder()
            .setSpeakerId(key.speakerId())
            .setUtteranceId(key.utteranceId())
            .setAudio(clip)
            .setSource(origin.source())
            .setConsent(origin.consent())
            .setRecordedAt(origin.recordedAt())
            .build());
  }

  /**
   * Publishes the wish to erase all recordings of a speaker. Reads the whole topic.
   *
   * @return which recordings there were
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public Set<EnrollmentKey> eraseAll(String speaker) {
    Set<EnrollmentKey> keys = new LinkedHashSet<>();
    // Finding keys must not depend on whether what they hold can be read.
    try (TopicReader<byte[]> reader =
        TopicReader.open(settings, Topics.LABELLED_UTTERANCES.raw(), From.BEGINNING)) {
      reader.readToEnd(message -> follow(keys, speaker, message.key(), message.value() != null));
    }
    keys.forEach(key -> send(key, null));
    return keys;
  }

  private static void follow(
      Set<EnrollmentKey> keys, String speaker, @Nullable String text, boolean present) {
    EnrollmentKey key;
    try {
      key = EnrollmentKey.parse(text == null ? "" : text);
    } catch (KeyFormatException e) {
      // Somebody else's record: the trainer refuses it, so it is nobody's recording.
      return;
    }
    if (!key.speakerId().equals(speaker)) {
      return;
    }
    if (present) {
      keys.add(key);
    } else {
      keys.remove(key);
    }
  }

  private void send(EnrollmentKey key, @Nullable LabelledUtterance value) {
    KafkaAnswers.await(
        producer.send(
            new ProducerRecord<>(Topics.LABELLED_UTTERANCES.name(), key.encode(), value)));
  }

  @Override
  public void close() {
    producer.close();
  }
}
