package io.voxtag.schemas.kafka;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.RecordFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a topic from outside any consumer group, so that it disturbs nobody and
 * leaves nothing behind. Belongs to one thread.
 *
 * @param <V> type of the record values
 */
public final class TopicReader<V> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

  private final Topic<V> topic;
  private final KafkaConsumer<String, byte[]> consumer;
  private final Deserializer<V> deserializer;

  /** Where to begin. */
  public enum From {
    /** With the oldest record that Kafka still has. */
    BEGINNING,
    /** With the first record after the reader was opened. */
    NOW
  }

  /**
   * A record.
   *
   * @param key its key
   * @param value its value; null for a tombstone
   */
  public record Message<V>(String key, @Nullable V value) {}

  private TopicReader(
      Topic<V> topic, KafkaConsumer<String, byte[]> consumer, Deserializer<V> deserializer) {
    this.topic = topic;
    this.consumer = consumer;
    this.deserializer = deserializer;
  }

  /**
   * Opens a topic.
   *
   * @throws TopicMissingException if the broker does not have it
   */
  public static <V> TopicReader<V> open(KafkaSettings settings, Topic<V> topic, From from) {
    return open(
        settings,
        topic,
        (consumer, partitions) -> {
          if (from == From.NOW) {
            consumer.seekToEnd(partitions);
          } else {
            consumer.seekToBeginning(partitions);
          }
        });
  }

  /**
   * Opens a topic at its first records that are not older than a time.
   *
   * @throws TopicMissingException if the broker does not have it
   */
  public static <V> TopicReader<V> openSince(
      KafkaSettings settings, Topic<V> topic, Instant since) {
    return open(settings, topic, (consumer, partitions) -> seek(consumer, partitions, since));
  }

  private static void seek(
      KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Instant since) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
  }

  private static <V> TopicReader<V> open(
      KafkaSettings settings,
      Topic<V> topic,
      BiConsumer<KafkaConsumer<String, byte[]>, List<TopicPartition>> seek) {
    Map<String, Object> properties =
        ClientProperties.consumer(settings, "voxtag-reader-" + UUID.randomUUID(), topic);
    properties.put("allow.auto.create.topics", "false");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new TopicMissingException(topic.name(), settings.bootstrapServers());
      }
      consumer.assign(partitions);
      seek.accept(consumer, partitions);
      // Seeking is lazy: asking for the positions fixes them now.
      partitions.forEach(consumer::position);
      return new TopicReader<>(topic, consumer, EventSerdes.of(settings).of(topic).deserializer());
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** The next records; none if nothing comes in that time. What cannot be read is logged. */
  public List<Message<V>> poll(Duration timeout) {
    List<Message<V>> messages = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
      try {
        messages.add(
            new Message<>(record.key(), deserializer.deserialize(record.topic(), record.value())));
      } catch (RecordFormatException e) {
        LOG.warn(
            "Skipped a record that cannot be read, topic={} partition={} offset={} reason={}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
    }
    return messages;
  }

  /** Hands over all records up to those that are the last ones now, one by one. */
  public void readToEnd(Consumer<Message<V>> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(200)).forEach(each);
    }
  }

  @Override
  public void close() {
    deserializer.close();
    consumer.close();
  }

  @Override
  public String toString() {
    return "TopicReader[" + topic.name() + "]";
  }
}
