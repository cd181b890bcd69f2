package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which records {@code enrollment-embeddings} holds of the recordings of a task, accepted or not.
 * An embedder erases the one of its own model version; those of the others, which perhaps no
 * embedder makes any more, are to be erased by this application.
 */
final class OtherVersions {

  static final String HELD_STORE = "held-embeddings";
  static final String DUE_STORE = "due-erasures";

  private final KeyValueStore<String, String> held;
  private final KeyValueStore<String, Long> due;

  /**
   * @param held the keys of the records that are there
   * @param due those that are to be erased, with the time when
   */
  OtherVersions(KeyValueStore<String, String> held, KeyValueStore<String, Long> due) {
    this.held = held;
    this.due = due;
  }

  /** A record was written under this key. */
  void written(EnrollmentEmbeddingKey key) {
    held.put(key.encode(), "");
    due.delete(key.encode());
  }

  /** The record under this key was erased, and no other. */
  void erased(EnrollmentEmbeddingKey key) {
    held.delete(key.encode());
    due.delete(key.encode());
  }

  /** The recording was erased under this key: its other records are due at that time. */
  void recordingErased(EnrollmentEmbeddingKey key, long when) {
    erased(key);
    List<String> others = new ArrayList<>();
    try (KeyValueIterator<String, String> all =
        held.prefixScan(key.enrollment().encode() + "/", new StringSerializer())) {
      all.forEachRemaining(other -> others.add(other.key));
    }
    for (String other : others) {
      held.delete(other);
      due.put(other, when);
    }
  }

  /** Gives out, once, the keys whose time has come. */
  List<String> takeDue(long now) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = due.all()) {
      while (all.hasNext()) {
        KeyValue<String, Long> erasure = all.next();
        if (erasure.value <= now) {
          keys.add(erasure.key);
        }
      }
    }
    keys.forEach(due::delete);
    return keys;
  }
}
