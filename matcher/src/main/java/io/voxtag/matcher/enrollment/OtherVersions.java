package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which records {@code enrollment-embeddings} holds of the recordings of a task, accepted or not.
 * An embedder erases the one of its own model version; those of the others, which perhaps no
 * embedder makes any more, are to be erased by this application.
 *
 * <p>Embedders of different versions answer at their own pace. What they answer carries the offset
 * of the enrolment or erasure, so that one that is late erases nothing that was enrolled since.
 */
final class OtherVersions {

  static final String HELD_STORE = "held-enrollment-embeddings";
  static final String DUE_STORE = "due-erasures";

  private static final long UNKNOWN = -1;

  private final KeyValueStore<String, Long> held;
  private final KeyValueStore<String, Long> due;

  /**
   * @param held the keys of the records that are there, with the offset that they answer
   * @param due those that are to be erased, with the time when
   */
  OtherVersions(KeyValueStore<String, Long> held, KeyValueStore<String, Long> due) {
    this.held = held;
    this.due = due;
  }

  /** A record was written under this key. */
  void written(EnrollmentEmbeddingKey key, OptionalLong offset) {
    held.put(key.encode(), offset.orElse(UNKNOWN));
    due.delete(key.encode());
  }

  /** The record under this key came after the erasure of its recording: it is due at that time. */
  void writtenTooLate(EnrollmentEmbeddingKey key, long when) {
    held.delete(key.encode());
    due.put(key.encode(), when);
  }

  /** The record under this key was erased, and no other. */
  void erased(EnrollmentEmbeddingKey key) {
    held.delete(key.encode());
    due.delete(key.encode());
  }

  /**
   * The recording was erased under this key: its other records are due at that time.
   *
   * @param offset of the erasure; without, everything is erased
   * @return the versions under which it was enrolled again since
   */
  Set<String> recordingErased(EnrollmentEmbeddingKey key, OptionalLong offset, long when) {
    erased(key);
    Set<String> enrolledSince = new HashSet<>();
    List<String> others = new ArrayList<>();
    try (KeyValueIterator<String, Long> all =
        held.prefixScan(key.enrollment().encode() + "/", new StringSerializer())) {
      while (all.hasNext()) {
        KeyValue<String, Long> other = all.next();
        if (other.value > offset.orElse(Long.MAX_VALUE)) {
          enrolledSince.add(EnrollmentEmbeddingKey.parse(other.key).modelVersion());
        } else {
          others.add(other.key);
        }
      }
    }
    for (String other : others) {
      held.delete(other);
      due.put(other, when);
    }
    return enrolledSince;
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
