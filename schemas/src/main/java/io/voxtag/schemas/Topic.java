package io.voxtag.schemas;

import java.time.Duration;
import java.util.Optional;

/**
 * Definition of a topic: how it is made, and what is in it. Record keys are UTF-8 strings.
 *
 * @param <V> type of the record values
 * @param name the topic's name in Kafka
 * @param value class of the record values: a generated Avro record, or {@code byte[]} for
 *     dead-letter topics
 * @param key what the record key is, in words
 * @param partitions partitions at creation, at least 1
 * @param retention what Kafka keeps
 * @param maxMessageBytes the largest record batch that the topic takes, bytes
 * @param maxAhead how far in the future the timestamp of a record may lie for the broker to take
 *     it; empty where that does not matter
 */
public record Topic<V>(
    String name,
    Class<V> value,
    String key,
    int partitions,
    Retention retention,
    int maxMessageBytes,
    Optional<Duration> maxAhead) {

  /** Kafka's own default for the largest message: 1 MiB. */
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024;

  /** Appended to a topic's name for the topic of its records that could not be processed. */
  public static final String DLQ_SUFFIX = ".dlq";

  private static final Duration DLQ_RETENTION = Duration.ofDays(7);
  // Reason headers come on top of a record that may already be as large as its topic allows.
  private static final int DLQ_HEADROOM_BYTES = 64 * 1024;

  public Topic {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A topic needs a name");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Topic " + name + " with " + partitions + " partitions; it needs at least 1");
    }
    if (maxMessageBytes < 1) {
      throw new IllegalArgumentException(
          "Topic " + name + " with a message limit of " + maxMessageBytes + " bytes");
    }
  }

  /** A topic that leaves the timestamps of its records to the broker's own limits. */
  public Topic(
      String name,
      Class<V> value,
      String key,
      int partitions,
      Retention retention,
      int maxMessageBytes) {
    this(name, value, key, partitions, retention, maxMessageBytes, Optional.empty());
  }

  /** This topic with values as they came, for those who must not depend on reading them. */
  public Topic<byte[]> raw() {
    return new Topic<>(name, byte[].class, key, partitions, retention, maxMessageBytes, maxAhead);
  }

  /**
   * The topic of the records of this one that could not be processed: raw bytes, with the reason in
   * the headers, kept for 7 days. It has one partition, as nothing depends on its order.
   */
  public Topic<byte[]> dlq() {
    return new Topic<>(
        name + DLQ_SUFFIX,
        byte[].class,
        "as in " + name,
        1,
        new Retention.For(DLQ_RETENTION),
        Math.addExact(maxMessageBytes, DLQ_HEADROOM_BYTES));
  }
}
