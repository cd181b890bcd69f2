package io.voxtag.console.health;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka says of itself and of those who read Voxtag's topics. The services are not asked:
 * where they run, each has its own health answer. Thread-safe.
 */
public final class KafkaHealth implements AutoCloseable {

  private static final int TIMEOUT_MS = 5000;
  private static final int MAX_GROUPS = 50;
  private static final long KEEP_NANOS = 2_000_000_000L;

  private final Admin admin;
  private View last = new View(false, "Kafka was not asked yet", 0, List.of(), List.of());
  private long askedAt = System.nanoTime() - KEEP_NANOS;

  /**
   * The answer.
   *
   * @param reachable whether Kafka answers
   * @param reason why it does not; empty where it does
   * @param brokers how many brokers there are
   * @param missingTopics topics of Voxtag that are not there
   * @param groups consumer groups that read Voxtag's topics
   */
  public record View(
      boolean reachable,
      String reason,
      int brokers,
      List<String> missingTopics,
      List<GroupView> groups) {}

  /**
   * A consumer group on a topic.
   *
   * @param lag records that it has not committed yet, over all partitions
   * @param partitions partitions that it has ever committed
   */
  public record GroupView(String group, String topic, long lag, int partitions) {}

  /** Connects when first asked. */
  public KafkaHealth(KafkaSettings kafka) {
    Map<String, Object> properties = ClientProperties.admin(kafka);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    this.admin = Admin.create(properties);
  }

  /** How things stand, or stood a moment ago. */
  public synchronized View view() {
    if (System.nanoTime() - askedAt >= KEEP_NANOS) {
      last = ask();
      askedAt = System.nanoTime();
    }
    return last;
  }

  private View ask() {
    try {
      int brokers = KafkaAnswers.await(admin.describeCluster().nodes()).size();
      Set<String> present = KafkaAnswers.await(admin.listTopics().names());
      List<String> missing =
          Topics.all().stream().map(Topic::name).filter(name -> !present.contains(name)).toList();
      return new View(true, "", brokers, missing, groups());
    } catch (KafkaException e) {
      return new View(false, String.valueOf(e.getMessage()), 0, List.of(), List.of());
    }
  }

  private List<GroupView> groups() {
    Set<String> ours = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
    Map<String, ListConsumerGroupOffsetsSpec> wanted =
        KafkaAnswers.await(admin.listGroups().all()).stream()
            .map(GroupListing::groupId)
            .sorted()
            .limit(MAX_GROUPS)
            .collect(Collectors.toMap(id -> id, id -> new ListConsumerGroupOffsetsSpec()));
    if (wanted.isEmpty()) {
      return List.of();
    }
    Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
        KafkaAnswers.await(admin.listConsumerGroupOffsets(wanted).all());
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    committed
        .values()
        .forEach(
            offsets ->
                offsets.keySet().stream()
                    .filter(partition -> ours.contains(partition.topic()))
                    .forEach(partition -> asked.put(partition, OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    KafkaAnswers.await(admin.listOffsets(asked).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return lags(committed, ends);
  }

  static List<GroupView> lags(
      Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
      Map<TopicPartition, Long> ends) {
    List<GroupView> views = new ArrayList<>();
    committed.forEach(
        (group, offsets) -> {
          Map<String, long[]> byTopic = new HashMap<>();
          offsets.forEach(
              (partition, offset) -> {
                Long end = ends.get(partition);
                if (end != null && offset != null) {
                  long[] sum = byTopic.computeIfAbsent(partition.topic(), topic -> new long[2]);
                  sum[0] += Math.max(0, end - offset.offset());
                  sum[1]++;
                }
              });
          byTopic.forEach(
              (topic, sum) -> views.add(new GroupView(group, topic, sum[0], (int) sum[1])));
        });
    views.sort(Comparator.comparing(GroupView::group).thenComparing(GroupView::topic));
    return views;
  }

  @Override
  public void close() {
    admin.close();
  }
}
