package io.voxtag.matcher.shadow;

import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.RecordFormatException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a comparison from {@code shadow-embeddings} and {@code speaker-tags}, in a thread of its
 * own, while a version is on its way into service. Reads on from now whenever it begins and commits
 * nothing: what it misses is not counted. Thread-safe.
 */
public final class ShadowLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShadowLoop.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final List<String> TOPICS =
      List.of(Topics.SHADOW_EMBEDDINGS.name(), Topics.SPEAKER_TAGS.name());

  private final KafkaSettings kafka;
  private final String group;
  private final Serde<SpeechEmbedding> embeddings;
  private final Serde<SpeakerTag> tags;
  private final BooleanSupplier needed;
  private final ShadowComparison comparison;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Works once started.
   *
   * @param group of consumers that share the calls
   * @param needed whether a version is on its way
   * @param comparison fed by the loop alone
   */
  public ShadowLoop(
      KafkaSettings kafka,
      String group,
      EventSerdes serdes,
      BooleanSupplier needed,
      ShadowComparison comparison) {
    this.kafka = kafka;
    this.group = group;
    this.embeddings = serdes.of(Topics.SHADOW_EMBEDDINGS);
    this.tags = serdes.of(Topics.SPEAKER_TAGS);
    this.needed = needed;
    this.comparison = comparison;
    this.thread = new Thread(this::run, "voxtag-matcher-shadow");
    this.thread.setDaemon(true);
  }

  /** Starts the thread; once. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed()) {
        if (needed.getAsBoolean()) {
          follow();
        }
        closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException | InterruptException e) {
      // By somebody who wants the thread to end.
      LOG.debug("Comparing versions ends", e);
    }
  }

  private void follow() {
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      consumer.subscribe(TOPICS, new Forgetting());
      LOG.info("Versions on their way are compared with the one in service");
      while (!isClosed() && needed.getAsBoolean()) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          take(record);
        }
      }
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Versions cannot be compared for now, reason={}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("Comparing versions failed, it begins anew", e);
    } finally {
      comparison.clear();
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    Map<String, Object> properties =
        ClientProperties.consumer(kafka, group, Topics.SHADOW_EMBEDDINGS, Topics.SPEAKER_TAGS);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    // Gives the same partitions of both topics to the same consumer: a call's windows and tags.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    try {
      if (record.topic().equals(Topics.SPEAKER_TAGS.name())) {
        SpeakerTag tag = tags.deserializer().deserialize(record.topic(), record.value());
        if (tag != null) {
          comparison.tag(tag);
        }
      } else {
        comparison.embedding(
            record.key(), embeddings.deserializer().deserialize(record.topic(), record.value()));
      }
    } catch (RecordFormatException | UnusableRecordException e) {
      LOG.warn(
          "A record is not compared, topic={} partition={} offset={} reason={}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      // Without a broker, leaving the group takes longer; nothing is lost by not waiting for it.
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    embeddings.close();
    tags.close();
  }

  /** Other calls come with other partitions, and some of those known may go on elsewhere. */
  private final class Forgetting implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      comparison.clear();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.debug("Versions are compared on other partitions, partitions={}", partitions);
    }
  }
}
