package io.voxtag.testkit;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads Voxtag's topics in a test. Sends wait for the broker's acknowledgement and may
 * come from several threads.
 */
public final class TestTopics implements AutoCloseable {

  private static final Duration SEND_DEADLINE = Duration.ofMinutes(2);
  private static final int LARGEST_REQUEST_BYTES = 16 * 1024 * 1024;

  private final String bootstrapServers;
  private final Producer<String, byte[]> producer;

  /** Connects to these brokers. */
  public TestTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_REQUEST_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200L),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** A name, key or consumer group that no other test uses. */
  public static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates those of Voxtag's topics that are missing. */
  public void createAll() {
    create(Topics.all());
  }

  /** Creates those of the topics that are missing, with one copy each. */
  public void create(Collection<Topic<?>> topics) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      new TopicAdmin(admin).createMissing(topics, (short) 1);
    }
  }

  /** Sends a value, or a tombstone where it is null, as services write it. */
  public <V> RecordMetadata send(Topic<V> topic, String key, @Nullable V value) {
    try (Serde<V> serde = EventSerdes.singleObject().of(topic)) {
      return sendRaw(topic.name(), key, serde.serializer().serialize(topic.name(), value));
    }
  }

  /** Sends bytes as they are, for records that no service would write. */
  public RecordMetadata sendRaw(String topic, @Nullable String key, byte @Nullable [] value) {
    try {
      return producer
          .send(new ProducerRecord<>(topic, key, value))
          .get(SEND_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("No record could be sent to " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while sending to " + topic, e);
    }
  }

  /** Reads a topic from its first record on, committed records only. */
  public <V> TopicReader<V> read(Topic<V> topic) {
    return new TopicReader<>(bootstrapServers, topic, true);
  }

  /** Reads what is written to a topic from now on, committed records only. */
  public <V> TopicReader<V> readNew(Topic<V> topic) {
    return new TopicReader<>(bootstrapServers, topic, false);
  }

  @Override
  public void close() {
    // Records are acknowledged when sent; nothing is waiting.
    producer.close(Duration.ZERO);
  }
}
