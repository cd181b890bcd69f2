package io.voxtag.trainer.lifecycle;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which enrolments were embedded under a version, and which of them matchers have decided on.
 * Belongs to one thread.
 */
final class EnrolmentLedger implements AutoCloseable {

  private final TopicReader<EnrollmentEmbedding> embeddings;
  private final TopicReader<EnrollmentResult> results;
  private final Map<String, Set<String>> embedded = new HashMap<>();
  private final Map<String, Map<String, EnrollmentOutcome>> decided = new HashMap<>();

  /** Reads both topics from their beginning. */
  EnrolmentLedger(KafkaSettings kafka) {
    this.embeddings = TopicReader.open(kafka, Topics.ENROLLMENT_EMBEDDINGS, From.BEGINNING);
    try {
      this.results = TopicReader.open(kafka, Topics.ENROLLMENT_RESULTS, From.BEGINNING);
    } catch (RuntimeException e) {
      embeddings.close();
      throw e;
    }
  }

  /**
   * A version in numbers.
   *
   * @param embedded recordings that embedders made something of
   * @param decided those that matchers have answered
   * @param refused those of them that are not enrolled under this version
   */
  record Count(int embedded, int decided, int refused) {}

  /** Takes in what is new. */
  void update() {
    embeddings.readToEnd(
        message -> {
          try {
            EnrollmentEmbeddingKey key = EnrollmentEmbeddingKey.parse(message.key());
            Set<String> known =
                embedded.computeIfAbsent(key.modelVersion(), version -> new HashSet<>());
            if (message.value() == null) {
              known.remove(key.enrollment().encode());
            } else {
              known.add(key.enrollment().encode());
            }
          } catch (KeyFormatException e) {
            // A matcher sends it to the dead letters: it enrols nobody.
            return;
          }
        });
    results.readToEnd(
        message -> {
          EnrollmentResult result = message.value();
          if (result != null) {
            String key = new EnrollmentKey(result.getSpeakerId(), result.getUtteranceId()).encode();
            decided
                .computeIfAbsent(result.getModelVersion(), version -> new HashMap<>())
                .put(key, result.getOutcome());
          }
        });
  }

  Count count(String version) {
    Set<String> all = embedded.getOrDefault(version, Set.of());
    Map<String, EnrollmentOutcome> answers = decided.getOrDefault(version, Map.of());
    int answered = 0;
    int refused = 0;
    for (String key : all) {
      EnrollmentOutcome outcome = answers.get(key);
      if (outcome != null) {
        answered++;
        refused += outcome == EnrollmentOutcome.ACCEPTED ? 0 : 1;
      }
    }
    return new Count(all.size(), answered, refused);
  }

  @Override
  public void close() {
    embeddings.close();
    results.close();
  }
}
