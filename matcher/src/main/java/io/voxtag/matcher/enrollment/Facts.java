package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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

  private final KeyValueStore<String, EnrollmentEmbedding> store;

  Facts(KeyValueStore<String, EnrollmentEmbedding> store) {
    this.store = store;
  }

  void accept(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    store.put(key.encode(), embedding);
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

  /** Whether the recording was accepted under another model version. */
  boolean holdsUnderAnotherVersion(EnrollmentEmbeddingKey key) {
    boolean[] found = {false};
    forEach(key.enrollment().encode() + "/", (other, embedding) -> found[0] |= !other.equals(key));
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

  /** Removes a recording under every model version; answers under which there was one. */
  List<EnrollmentEmbeddingKey> erase(EnrollmentKey recording) {
    List<EnrollmentEmbeddingKey> erased = new ArrayList<>();
    forEach(recording.encode() + "/", (key, embedding) -> erased.add(key));
    erased.forEach(key -> store.delete(key.encode()));
    return erased;
  }

  /** Removes a recording under one model version; whether there was one. */
  boolean erase(EnrollmentEmbeddingKey key) {
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
