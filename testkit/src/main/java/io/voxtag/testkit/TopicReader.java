package io.voxtag.testkit;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Collects the records of a topic, all partitions, until there are enough. Records of a partition
 * are in order; none is forgotten between calls. Not thread-safe.
 *
 * @param <V> type of the values
 */
public final class TopicReader<V> implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Topic<V> topic;
  private final Consumer<String, V> consumer;
  private final List<ConsumerRecord<String, V>> found = new ArrayList<>();

  TopicReader(String bootstrapServers, Topic<V> topic, boolean fromStart) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200L,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            EventSerdes.singleObject().of(topic).deserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    if (fromStart) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      // Seeking is lazy: only asking for the position fixes where "now" was.
      partitions.forEach(consumer::position);
    }
  }

  /**
   * Waits until so many records were found, and gives all found so far.
   *
   * @throws AssertionError if they are not there after that time
   */
  public List<ConsumerRecord<String, V>> await(int count, Duration deadline) {
    return await(record -> true, count, deadline);
  }

  /** {@link #await(Predicate, int, Duration)} for the records with this key. */
  public List<ConsumerRecord<String, V>> await(String key, int count, Duration deadline) {
    return await(record -> key.equals(record.key()), count, deadline);
  }

  /**
   * Waits until so many records of those wanted were found, and gives all of those found so far.
   *
   * @throws AssertionError if they are not there after that time
   */
  public List<ConsumerRecord<String, V>> await(
      Predicate<? super ConsumerRecord<String, V>> wanted, int count, Duration deadline) {
    return awaitUntil(wanted, records -> records.size() >= count, count + " records", deadline);
  }

  /**
   * Waits until the records wanted are as the condition says, and gives them.
   *
   * @param expected what the condition asks for, in words for the error
   * @throws AssertionError if they are not so after that time
   */
  public List<ConsumerRecord<String, V>> awaitUntil(
      Predicate<? super ConsumerRecord<String, V>> wanted,
      Predicate<? super List<ConsumerRecord<String, V>>> condition,
      String expected,
      Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    List<ConsumerRecord<String, V>> matching = matching(wanted);
    while (!condition.test(matching)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Topic "
                + topic.name()
                + ": expected "
                + expected
                + " within "
                + deadline
                + ", found "
                + matching.size()
                + " of "
                + found.size()
                + " in all: "
                + matching.stream().limit(10).map(TopicReader::brief).toList());
      }
      consumer.poll(POLL).forEach(found::add);
      matching = matching(wanted);
    }
    return matching;
  }

  /** Reads on until the topic's present end, and gives all records found so far. */
  public List<ConsumerRecord<String, V>> toEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<ConsumerRecord<String, V>> matching(
      Predicate<? super ConsumerRecord<String, V>> wanted) {
    return found.stream().filter(wanted).toList();
  }

  private static String brief(ConsumerRecord<?, ?> record) {
    String text = record.partition() + "@" + record.offset() + " " + record.key();
    String value = String.valueOf(record.value());
    return text + "=" + value.substring(0, Math.min(200, value.length()));
  }
}
