package io.voxtag.embedder.enroll;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The enrolment path: {@code enrollments} in, {@code enrollment-embeddings} out. Runs from its
 * construction until it is closed or reports that it cannot go on. Its consumer group carries the
 * model version, so that a new model embeds all enrolments.
 */
public final class EnrollmentStream implements Enrollments {

  private static final Duration MAX_LENGTH = Duration.ofSeconds(60);
  private static final double NO_THRESHOLD = 0.1;
  // Embedding a recording takes seconds on a slow machine: few at a time, and time enough for them.
  private static final int MAX_POLL_RECORDS = 10;
  // In the background, beside live windows, ten times as long.
  private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(30);

  private final EnrollmentLoop loop;
  private final Thread thread;
  private final MeterRegistry registry;
  private final Gauge lag;

  /**
   * Starts.
   *
   * @param producer where answers and dead letters go; stays the caller's to close
   * @param model whose version the answers carry
   * @param embedder the vector of a window by that model, as {@link
   *     io.voxtag.embedder.batch.Batcher#submit} gives it
   * @param fatal told once, by the loop's thread, what it cannot go on after
   */
  public EnrollmentStream(
      EmbedderSettings settings,
      KafkaSettings kafka,
      EventSerdes serdes,
      Producer<byte[], byte[]> producer,
      WindowEmbedder model,
      Function<float[], CompletableFuture<float[]>> embedder,
      Function<float[], SpeechActivity> speechDetector,
      MeterRegistry registry,
      Consumer<Throwable> fatal) {
    double severalBelow =
        settings
            .enrollment()
            .severalSpeakersBelow()
            .orElse(model.sameVoiceThreshold().orElse(NO_THRESHOLD));
    EnrollmentDemands demands =
        new EnrollmentDemands(
            MAX_LENGTH,
            settings.window().length(),
            settings.enrollment().minNetSpeech().toMillis(),
            settings.enrollment().minSnrDb(),
            severalBelow);
    EnrollmentMetrics metrics = new EnrollmentMetrics(registry, model.modelVersion());
    loop =
        new EnrollmentLoop(
            consumer(settings.enrollment().groupId() + "-" + model.modelVersion(), kafka),
            producer,
            serdes.of(Topics.ENROLLMENTS),
            serdes.of(Topics.ENROLLMENT_EMBEDDINGS),
            new ClipExaminer(demands, speechDetector, embedder),
            model.modelVersion(),
            metrics,
            fatal);
    this.registry = registry;
    lag = metrics.lag(loop::lag);
    thread = new Thread(loop, "embedder-enrollments-" + model.modelVersion());
    thread.start();
  }

  @Override
  public boolean isAlive() {
    return !loop.hasEnded();
  }

  @Override
  public boolean isReady() {
    return loop.hasPolled();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public void close() {
    loop.stop();
    registry.remove(lag);
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String group, KafkaSettings kafka) {
    Map<String, Object> properties = ClientProperties.consumer(kafka, group, Topics.ENROLLMENTS);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(MAX_POLL_INTERVAL.toMillis()));
    properties.putAll(kafka.properties());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
