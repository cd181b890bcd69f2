package io.voxtag.matcher.enrollment;

import io.voxtag.schemas.EnrollmentKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The last erasure of each recording, for some time: an embedder that is far behind may still embed
 * what was erased before it gets to the erasure, or end before it does.
 */
final class Erasures {

  static final String STORE = "erased-recordings";

  // By then the topics have long been compacted, so that nobody reads the recording any more.
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final Duration CHECK = Duration.ofHours(1);

  private final KeyValueStore<String, String> store;
  private long nextCheck;

  /**
   * @param store offset of the erasure and when it was heard of, by recording
   */
  Erasures(KeyValueStore<String, String> store) {
    this.store = store;
  }

  void erased(EnrollmentKey recording, OptionalLong offset, long now) {
    if (offset.isPresent() && offset.getAsLong() > offset(recording)) {
      store.put(recording.encode(), offset.getAsLong() + "/" + now);
    }
  }

  /** Whether the recording was erased after the enrolment that has this offset. */
  boolean cameAfter(EnrollmentKey recording, OptionalLong offset) {
    return offset.isPresent() && offset.getAsLong() < offset(recording);
  }

  private long offset(EnrollmentKey recording) {
    String erasure = store.get(recording.encode());
    return erasure == null ? -1 : Long.parseLong(erasure.substring(0, erasure.indexOf('/')));
  }

  /** Forgets what is long over; does so now and then. */
  void forget(long now) {
    if (now < nextCheck) {
      return;
    }
    nextCheck = now + CHECK.toMillis();
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, String> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, String> erasure = all.next();
        long heard = Long.parseLong(erasure.value.substring(erasure.value.indexOf('/') + 1));
        if (now - heard > REMEMBERED.toMillis()) {
          old.add(erasure.key);
        }
      }
    }
    old.forEach(store::delete);
  }
}
