package io.voxtag.schemas.kafka;

import io.voxtag.schemas.Retention;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics that are missing and checks those that exist. Several services may do so at the
 * same time: who comes second finds them made. Blocks the calling thread. Thread-safe.
 */
public final class TopicAdmin {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

  private static final String MAX_AHEAD_CONFIG = TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
  private static final Duration MAX_COMPACTION_LAG = Duration.ofDays(1);
  // Whoever was stopped for so long still hears of every erasure.
  private static final Duration TOMBSTONES_KEPT = Duration.ofDays(30);

  private static final int DESCRIBE_ATTEMPTS = 50;
  private static final Duration DESCRIBE_PAUSE = Duration.ofMillis(200);

  private final Admin admin;

  /** Works on this client, which stays the caller's to close. */
  public TopicAdmin(Admin admin) {
    this.admin = admin;
  }

  /**
   * What was found and done.
   *
   * @param created names of the topics that this call made, in the order asked for
   * @param warnings what existing topics have otherwise than defined, though it can be worked with
   */
  public record Report(List<String> created, List<String> warnings) {}

  /**
   * {@link #createMissing(Collection, short)} for all topics of {@link Topics}, with a client of
   * its own.
   */
  public static Report createMissing(KafkaSettings settings) {
    try (Admin admin = Admin.create(ClientProperties.admin(settings))) {
      return new TopicAdmin(admin).createMissing(Topics.all(), settings.replicationFactor());
    }
  }

  /**
   * Creates those of the topics that are missing, and checks the others: fewer partitions or a
   * lower message limit than defined give a warning (also logged), another clean-up policy an
   * error. Existing topics are never changed.
   *
   * @param replicationFactor copies of each topic that is made; -1 leaves it to the broker
   * @throws TopicMismatchException if an existing topic has another clean-up policy
   * @throws TopicCreationException if the broker does not make a topic
   * @throws KafkaException if the broker fails otherwise
   */
  public Report createMissing(Collection<Topic<?>> topics, short replicationFactor) {
    Set<String> existing = KafkaAnswers.await(admin.listTopics().names());
    List<Topic<?>> missing =
        topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
    Set<String> created = new HashSet<>(create(missing, replicationFactor));
    List<Topic<?>> found =
        topics.stream().filter(topic -> !created.contains(topic.name())).toList();
    List<String> warnings = check(found);
    warnings.forEach(warning -> LOG.warn("{}", warning));
    return new Report(
        topics.stream().map(Topic::name).filter(created::contains).toList(), List.copyOf(warnings));
  }

  private List<String> create(List<Topic<?>> topics, short replicationFactor) {
    CreateTopicsResult result =
        admin.createTopics(
            topics.stream().map(topic -> definition(topic, replicationFactor)).toList());
    List<String> created = new ArrayList<>();
    for (Topic<?> topic : topics) {
      try {
        KafkaAnswers.await(result.values().get(topic.name()));
        created.add(topic.name());
        LOG.info("Created topic={} partitions={}", topic.name(), topic.partitions());
      } catch (TopicExistsException e) {
        LOG.debug("Another process created topic={}", topic.name());
      } catch (KafkaException e) {
        throw new TopicCreationException(topic.name(), replicationFactor, e);
      }
    }
    return created;
  }

  private static NewTopic definition(Topic<?> topic, short replicationFactor) {
    return new NewTopic(
            topic.name(),
            Optional.of(topic.partitions()),
            Optional.of(replicationFactor).filter(factor -> factor > 0))
        .configs(configuration(topic));
  }

  /** The configuration that a topic is made with, in Kafka's own names, sorted by them. */
  public static SortedMap<String, String> configuration(Topic<?> topic) {
    SortedMap<String, String> config = new TreeMap<>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, topic.retention().cleanupPolicy());
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(topic.maxMessageBytes()));
    topic
        .maxAhead()
        .ifPresent(ahead -> config.put(MAX_AHEAD_CONFIG, Long.toString(ahead.toMillis())));
    if (topic.retention() instanceof Retention.For kept) {
      config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.duration().toMillis()));
    } else {
      // Kafka would otherwise let an erased recording lie for as long as its log segment is open.
      config.put(
          TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(MAX_COMPACTION_LAG.toMillis()));
      config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONES_KEPT.toMillis()));
    }
    return config;
  }

  private List<String> check(List<Topic<?>> topics) {
    Map<String, TopicDescription> descriptions = describe(topics);
    Map<ConfigResource, Config> configs =
        KafkaAnswers.await(
            admin.describeConfigs(topics.stream().map(TopicAdmin::resource).toList()).all());
    List<String> warnings = new ArrayList<>();
    for (Topic<?> topic : topics) {
      TopicDescription description = descriptions.get(topic.name());
      Config config = configs.get(resource(topic));
      checkCleanup(topic, value(config, TopicConfig.CLEANUP_POLICY_CONFIG));
      warn(warnings, topic, "partitions", description.partitions().size(), topic.partitions());
      warn(
          warnings,
          topic,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
          topic.maxMessageBytes());
      topic.maxAhead().ifPresent(ahead -> warnAhead(warnings, topic, config, ahead));
    }
    return warnings;
  }

  private Map<String, TopicDescription> describe(List<Topic<?>> topics) {
    List<String> names = topics.stream().map(Topic::name).toList();
    for (int attempt = 1; ; attempt++) {
      try {
        return KafkaAnswers.await(admin.describeTopics(names).allTopicNames());
      } catch (UnknownTopicOrPartitionException e) {
        // Another process has just made it, and this broker has not heard of it yet.
        if (attempt == DESCRIBE_ATTEMPTS) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(DESCRIBE_PAUSE.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static void checkCleanup(Topic<?> topic, String found) {
    if (!found.equals(topic.retention().cleanupPolicy())) {
      throw new TopicMismatchException(topic, found);
    }
  }

  private static void warn(
      List<String> warnings, Topic<?> topic, String what, int found, int defined) {
    if (found < defined) {
      warnings.add(difference(topic, what, found, defined));
    }
  }

  private static void warnAhead(
      List<String> warnings, Topic<?> topic, Config config, Duration defined) {
    String found = value(config, MAX_AHEAD_CONFIG);
    if (Long.parseLong(found) > defined.toMillis()) {
      warnings.add(difference(topic, MAX_AHEAD_CONFIG, found, defined.toMillis()));
    }
  }

  private static String difference(Topic<?> topic, String what, Object found, Object defined) {
    return "Topic "
        + topic.name()
        + " has "
        + what
        + "="
        + found
        + "; Voxtag would make "
        + defined;
  }

  private static ConfigResource resource(Topic<?> topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static String value(Config config, String name) {
    return config.get(name).value();
  }
}
