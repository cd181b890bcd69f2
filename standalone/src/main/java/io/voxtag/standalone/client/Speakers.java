package io.voxtag.standalone.client;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import io.voxtag.schemas.speakers.EnrollmentWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Enrols and erases speakers by message, and waits for the answers to what it asked itself. Belongs
 * to one thread.
 */
public final class Speakers implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaSettings settings;
  private final EnrollmentWriter writer;
  private final TopicReader<EnrollmentResult> results;

  /** Connects; answers are seen from now on. */
  public Speakers(KafkaSettings settings) {
    this.settings = settings;
    this.results = TopicReader.open(settings, Topics.ENROLLMENT_RESULTS, From.NOW);
    this.writer = new EnrollmentWriter(settings);
  }

  /**
   * Publishes a recording and returns when Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void enroll(EnrollmentKey key, AudioClip clip, Consent consent) {
    writer.enroll(key, clip, consent);
  }

  /** Publishes the wish to erase a recording everywhere. */
  public void erase(EnrollmentKey key) {
    writer.erase(key);
  }

  /**
   * Waits for the answers to these recordings.
   *
   * @param onResult called for each answer as it comes
   * @return the recordings that nobody answered in that time, in the order given
   */
  public Set<EnrollmentKey> await(
      Collection<EnrollmentKey> keys, Duration timeout, Consumer<EnrollmentResult> onResult) {
    Set<EnrollmentKey> open = new LinkedHashSet<>(keys);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      for (Message<EnrollmentResult> message : results.poll(POLL)) {
        EnrollmentResult result = message.value();
        if (result != null
            && open.remove(new EnrollmentKey(result.getSpeakerId(), result.getUtteranceId()))) {
          onResult.accept(result);
        }
      }
    }
    return open;
  }

  /** All recordings that Kafka holds, accepted or not. Reads the whole topic. */
  public Set<EnrollmentKey> recordings() {
    Set<String> present = new LinkedHashSet<>();
    try (TopicReader<Enrollment> reader =
        TopicReader.open(settings, Topics.ENROLLMENTS, From.BEGINNING)) {
      reader.readToEnd(
          message -> {
            if (message.value() == null) {
              present.remove(message.key());
            } else {
              present.add(message.key());
            }
          });
    }
    Set<EnrollmentKey> keys = new LinkedHashSet<>();
    present.forEach(key -> parse(key).ifPresent(keys::add));
    return keys;
  }

  private static Optional<EnrollmentKey> parse(String key) {
    try {
      return Optional.of(EnrollmentKey.parse(key));
    } catch (KeyFormatException e) {
      // Somebody else's record: the services refuse it, so it enrols nobody.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } finally {
      results.close();
    }
  }
}
