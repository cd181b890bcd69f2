package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Enrolments that wait for Redis, in the order in which they came. The store survives a restart
 * like every other.
 */
final class PendingEnrollments {

  static final String STORE = "pending-enrollments";

  // Shorter than any record.
  private static final byte[] TOMBSTONE = {};
  private static final byte[] TOMBSTONE_OF_ONE_VERSION = {1};

  private final KeyValueStore<String, byte[]> store;
  private final Serde<EnrollmentEmbedding> serde;
  private long next;
  private int size;

  PendingEnrollments(KeyValueStore<String, byte[]> store, Serde<EnrollmentEmbedding> serde) {
    this.store = store;
    this.serde = serde;
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        next = number(all.next().key) + 1;
        size++;
      }
    }
  }

  int size() {
    return size;
  }

  void add(EnrollmentEmbeddingKey key, @Nullable EnrollmentEmbedding embedding) {
    byte[] value =
        embedding == null
            ? TOMBSTONE
            : serde.serializer().serialize(Topics.ENROLLMENT_EMBEDDINGS.name(), embedding);
    add(key, value);
  }

  /** Adds the erasure of the recording under one model version alone. */
  void addErasureAlone(EnrollmentEmbeddingKey key) {
    add(key, TOMBSTONE_OF_ONE_VERSION);
  }

  private void add(EnrollmentEmbeddingKey key, byte[] value) {
    store.put(String.format(Locale.ROOT, "%016x/%s", next++, key.encode()), value);
    size++;
  }

  /** The one that has waited for longest. */
  Optional<Entry> first() {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      return all.hasNext() ? Optional.of(entry(all.next())) : Optional.empty();
    }
  }

  void remove(Entry entry) {
    store.delete(entry.storeKey());
    size--;
  }

  private Entry entry(KeyValue<String, byte[]> stored) {
    EnrollmentEmbeddingKey key =
        EnrollmentEmbeddingKey.parse(stored.key.substring(stored.key.indexOf('/') + 1));
    EnrollmentEmbedding embedding =
        stored.value.length <= 1
            ? null
            : serde.deserializer().deserialize(Topics.ENROLLMENT_EMBEDDINGS.name(), stored.value);
    return new Entry(stored.key, key, embedding, stored.value.length == 1);
  }

  private static long number(String storeKey) {
    return Long.parseLong(storeKey.substring(0, storeKey.indexOf('/')), 16);
  }

  /**
   * An enrolment that waits; a null embedding is an erasure.
   *
   * @param alone whether it erases the recording under its model version alone
   */
  record Entry(
      String storeKey,
      EnrollmentEmbeddingKey key,
      @Nullable EnrollmentEmbedding embedding,
      boolean alone) {}
}
