package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The accepted recordings of a task: what the registry must hold, whatever happens to Redis. Record
 * keys begin with the speaker and the utterance, so those of one lie together.
 */
final class Facts {

  static final String STORE = "accepted-enrollments";
  static final String UNCOMPARED_STORE = "uncompared-enrollments";

  private final KeyValueStore<String, EnrollmentEmbedding> store;
  private final KeyValueStore<String, String> uncompared;

  /**
   * @param store the recordings
   * @param uncompared keys of those that nobody decided on, as their model was not known
   */
  Facts(
      KeyValueStore<String, EnrollmentEmbedding> store, KeyValueStore<String, String> uncompared) {
    this.store = store;
    this.uncompared = uncompared;
  }

  /** A recording was decided on, and accepted. */
  void accept(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    store.put(key.encode(), embedding);
    uncompared.delete(key.encode());
  }

  /** A recording is kept without a decision. */
  void keep(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    store.put(key.encode(), embedding);
    uncompared.put(key.encode(), "");
  }

  boolean holds(EnrollmentEmbeddingKey key) {
    return store.get(key.encode()) != null;
  }

  /** Whether this very voice was accepted under this key. */
  boolean holds(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    EnrollmentEmbedding accepted = store.get(key.encode());
    return accepted != null
        && accepted.getVector() != null
        && accepted.getVector().equals(embedding.getVector());
  }

  /**
   * Whether this very recording was decided on under another model version, and accepted.
   *
   * @param counts the versions whose decisions count
   */
  boolean acceptedUnderAnother(
      EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding, Predicate<String> counts) {
    boolean[] found = {false};
    forEach(
        key.enrollment().encode() + "/",
        (other, accepted) ->
            found[0] |=
                !other.equals(key)
                    // Another audio may have come under the same name since.
                    && accepted.getRequestedAt().equals(embedding.getRequestedAt())
                    && uncompared.get(other.encode()) == null
                    && counts.test(other.modelVersion()));
    return found[0];
  }

  /** Vectors of the other recordings of the speaker under the same model version. */
  List<float[]> othersOf(EnrollmentEmbeddingKey key) {
    List<float[]> vectors = new ArrayList<>();
    forEach(
        speakerPrefix(key),
        (other, embedding) -> {
          if (other.modelVersion().equals(key.modelVersion())
              && !other.equals(key)
              && embedding.getVector() != null) {
            vectors.add(Vectors.decode(embedding.getVector()));
          }
        });
    return vectors;
  }

  /** Accepted recordings of the speaker under the key's model version. */
  int count(EnrollmentEmbeddingKey key) {
    return othersOf(key).size() + (holds(key) ? 1 : 0);
  }

  /** Removes a recording under every model version but some. */
  void erase(EnrollmentKey recording, Set<String> spared) {
    List<EnrollmentEmbeddingKey> erased = new ArrayList<>();
    forEach(
        recording.encode() + "/",
        (key, embedding) -> {
          if (!spared.contains(key.modelVersion())) {
            erased.add(key);
          }
        });
    erased.forEach(this::erase);
  }

  /** Removes a recording under one model version; whether there was one. */
  boolean erase(EnrollmentEmbeddingKey key) {
    uncompared.delete(key.encode());
    return store.delete(key.encode()) != null;
  }

  void forEach(BiConsumer<EnrollmentEmbeddingKey, EnrollmentEmbedding> action) {
    forEach(null, action);
  }

  private void forEach(
      @Nullable String prefix, BiConsumer<EnrollmentEmbeddingKey, EnrollmentEmbedding> action) {
    try (KeyValueIterator<String, EnrollmentEmbedding> facts =
        prefix == null ? store.all() : store.prefixScan(prefix, new StringSerializer())) {
      while (facts.hasNext()) {
        KeyValue<String, EnrollmentEmbedding> fact = facts.next();
        action.accept(EnrollmentEmbeddingKey.parse(fact.key), fact.value);
      }
    }
  }

  private static String speakerPrefix(EnrollmentEmbeddingKey key) {
    String recording = key.enrollment().encode();
    return recording.substring(0, recording.indexOf('/') + 1);
  }
}
