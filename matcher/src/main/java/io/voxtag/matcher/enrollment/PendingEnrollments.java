package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

  // No record begins with these.
  private static final byte ERASURE = 1;
  private static final byte ERASURE_OF_ONE_VERSION = 2;
  // In no name of a version.
  private static final String SEPARATOR = "\n";

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

  void add(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding) {
    add(key, serde.serializer().serialize(Topics.ENROLLMENT_EMBEDDINGS.name(), embedding));
  }

  /**
   * Adds the erasure of the recording.
   *
   * @param spared versions under which it was enrolled again since
   */
  void addErasure(EnrollmentEmbeddingKey key, Set<String> spared) {
    byte[] names = String.join(SEPARATOR, spared).getBytes(StandardCharsets.UTF_8);
    add(key, ByteBuffer.allocate(1 + names.length).put(ERASURE).put(names).array());
  }

  /** Adds the erasure of the recording under one model version alone. */
  void addErasureAlone(EnrollmentEmbeddingKey key) {
    add(key, new byte[] {ERASURE_OF_ONE_VERSION});
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
    return switch (stored.value[0]) {
      case ERASURE -> new Entry(stored.key, key, null, false, spared(stored.value));
      case ERASURE_OF_ONE_VERSION -> new Entry(stored.key, key, null, true, Set.of());
      default ->
          new Entry(
              stored.key,
              key,
              serde.deserializer().deserialize(Topics.ENROLLMENT_EMBEDDINGS.name(), stored.value),
              false,
              Set.of());
    };
  }

  private static Set<String> spared(byte[] erasure) {
    String names = new String(erasure, 1, erasure.length - 1, StandardCharsets.UTF_8);
    return names.isEmpty() ? Set.of() : Set.of(names.split(SEPARATOR, -1));
  }

  private static long number(String storeKey) {
    return Long.parseLong(storeKey.substring(0, storeKey.indexOf('/')), 16);
  }

  /**
   * An enrolment that waits; a null embedding is an erasure.
   *
   * @param alone whether it erases the recording under its model version alone
   * @param spared versions under which an erasure erases nothing
   */
  record Entry(
      String storeKey,
      EnrollmentEmbeddingKey key,
      @Nullable EnrollmentEmbedding embedding,
      boolean alone,
      Set<String> spared) {}
}
