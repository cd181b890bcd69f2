package io.voxtag.schemas.kafka;

import io.voxtag.schemas.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Properties of Kafka clients. Serializers are not among them: pass them to the client's
 * constructor. Every map is new and may be changed by the caller; {@link
 * KafkaSettings#properties()} win over what is set here. All of them throw {@link
 * KafkaSecurityException} where {@link KafkaSettings#security()} is wrong.
 *
 * <p>Static methods without state: thread-safe.
 */
public final class ClientProperties {

  private static final int LINGER_MS = 5;
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration HEARTBEAT = Duration.ofMillis(1500);
  private static final Duration MAX_COMPACTION_LAG = Duration.ofDays(1);
  private static final Duration STREAMS_COMMIT = Duration.ofMillis(100);
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private ClientProperties() {}

  /** What every client needs: where the brokers are, who we are, the properties of the settings. */
  public static Map<String, Object> admin(KafkaSettings settings) {
    return finish(new HashMap<>(), settings);
  }

  /**
   * A producer that loses and doubles nothing (acks of all replicas, idempotent) and sends soon.
   *
   * @param topics where it will send to: the largest of their message limits becomes its own
   */
  public static Map<String, Object> producer(
      KafkaSettings settings, String clientId, Topic<?>... topics) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    putProducer(properties, "", topics);
    return finish(properties, settings);
  }

  /**
   * A consumer that sees committed records only, begins at the oldest one, and commits when told.
   *
   * @param topics what it will read: a fetch takes at least one of their largest messages
   */
  public static Map<String, Object> consumer(
      KafkaSettings settings, String groupId, Topic<?>... topics) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    putConsumer(properties, "", topics);
    return finish(properties, settings);
  }

  /**
   * A Kafka Streams application with exactly-once processing that recovers within seconds from the
   * loss of an instance.
   *
   * @param topics what it reads and writes: limits as for {@code producer} and {@code consumer}
   */
  public static Map<String, Object> streams(
      KafkaSettings settings, String applicationId, Topic<?>... topics) {
    Map<String, Object> properties = new HashMap<>();
    // By name, because Kafka Streams is no dependency of this module.
    properties.put("application.id", applicationId);
    properties.put("processing.guarantee", "exactly_once_v2");
    properties.put("commit.interval.ms", STREAMS_COMMIT.toMillis());
    properties.put("internal.leave.group.on.close", true);
    // What was erased does not lie in changelogs for as long as their segments are open.
    properties.put("topic.max.compaction.lag.ms", MAX_COMPACTION_LAG.toMillis());
    putConsumer(properties, "main.consumer.", topics);
    properties.put("consumer." + ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION_TIMEOUT));
    properties.put("consumer." + ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(HEARTBEAT));
    putProducer(properties, "producer.", topics);
    properties.put(
        "producer." + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(TRANSACTION_TIMEOUT));
    return finish(properties, settings);
  }

  private static void putProducer(
      Map<String, Object> properties, String prefix, Topic<?>... topics) {
    properties.put(prefix + ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(prefix + ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    properties.put(prefix + ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestMessage(topics));
  }

  private static void putConsumer(
      Map<String, Object> properties, String prefix, Topic<?>... topics) {
    properties.put(prefix + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(
        prefix + ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, largestMessage(topics));
  }

  private static int largestMessage(Topic<?>... topics) {
    return Arrays.stream(topics)
        .mapToInt(Topic::maxMessageBytes)
        .reduce(Topic.DEFAULT_MAX_MESSAGE_BYTES, Math::max);
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  private static Map<String, Object> finish(
      Map<String, Object> properties, KafkaSettings settings) {
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.putAll(SecurityProperties.of(settings.security()));
    properties.putAll(settings.properties());
    return properties;
  }
}
