package io.voxtag.trainer.dataset;

import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Fills a {@link DatasetStore} from {@code labelled-utterances}, and empties it of those whose
 * enrolments are erased. Runs from its construction until it is closed or reports that it cannot go
 * on; broker and disk may fail meanwhile. Thread-safe.
 */
public final class LabelledDataConsumer implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(5);
  // Records are up to 8 MiB.
  private static final int MAX_POLL_RECORDS = 20;

  private final Producer<byte[], byte[]> producer;
  private final DatasetLoop loop;
  private final Thread thread;

  /**
   * Starts. The topics must be there.
   *
   * @param store to fill; stays the caller's to close, after this
   * @param fatal told once, by the thread of the loop, what it cannot go on after
   */
  public LabelledDataConsumer(
      DatasetSettings settings,
      DatasetStore store,
      KafkaSettings kafka,
      MeterRegistry registry,
      Consumer<Throwable> fatal) {
    DatasetMetrics metrics = new DatasetMetrics(registry);
    producer = producer(settings, kafka);
    DatasetIntake intake =
        new DatasetIntake(
            store,
            new ClipCheck(settings),
            EventSerdes.of(kafka).of(Topics.LABELLED_UTTERANCES),
            producer,
            metrics);
    loop =
        new DatasetLoop(consumer(settings, kafka), store, intake, settings.retryInterval(), fatal);
    metrics.room(settings);
    metrics.gauges(loop::size, loop::lag, () -> loop.problem().isPresent() ? 1 : 0);
    thread = new Thread(loop, "trainer-dataset");
    thread.start();
  }

  /** Whether the loop runs. */
  public boolean isAlive() {
    return !loop.hasEnded();
  }

  /** Whether Kafka has answered once. */
  public boolean isReady() {
    return loop.hasPolled();
  }

  /**
   * Whether all was read that was in the topics a moment ago. Recordings published later than that
   * may be missing in a snapshot.
   */
  public boolean isCaughtUp() {
    return loop.isCaughtUp();
  }

  /** Records not yet read, as of the last poll. */
  public long lag() {
    return loop.lag();
  }

  /** Why no recordings are taken for now, for example because the disk is full. */
  public Optional<String> problem() {
    return loop.problem();
  }

  /** Ends after the record at hand. */
  @Override
  public void close() {
    loop.stop();
    try {
      thread.join(STOP_TIMEOUT.toMillis());
      // It waits for a broker. What it was about to do it does after the next start.
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    producer.close(PRODUCER_CLOSE);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      DatasetSettings settings, KafkaSettings kafka) {
    Map<String, Object> properties =
        ClientProperties.consumer(
            kafka, settings.groupId(), Topics.LABELLED_UTTERANCES, Topics.ENROLLMENTS);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.putAll(kafka.properties());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Producer<byte[], byte[]> producer(DatasetSettings settings, KafkaSettings kafka) {
    return new KafkaProducer<>(
        ClientProperties.producer(
            kafka,
            settings.groupId() + "-dataset",
            Topics.LABELLED_UTTERANCES,
            Topics.LABELLED_UTTERANCES.dlq()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
