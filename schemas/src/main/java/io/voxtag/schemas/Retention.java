package io.voxtag.schemas;

import java.time.Duration;

/** What Kafka keeps of a topic. */
public sealed interface Retention {

  /** Kafka's name of the clean-up policy, the value of {@code cleanup.policy}. */
  String cleanupPolicy();

  /** The last record of every key is kept for good; a tombstone removes the key. */
  record LatestPerKey() implements Retention {
    @Override
    public String cleanupPolicy() {
      return "compact";
    }

    @Override
    public String toString() {
      return "latest per key";
    }
  }

  /**
   * Every record is kept for a time.
   *
   * @param duration how long, positive
   */
  record For(Duration duration) implements Retention {
    public For {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("Retention of " + duration + "; it must be positive");
      }
    }

    @Override
    public String cleanupPolicy() {
      return "delete";
    }

    @Override
    public String toString() {
      return duration.toHours() % 24 == 0 ? duration.toDays() + " d" : duration.toHours() + " h";
    }
  }
}
