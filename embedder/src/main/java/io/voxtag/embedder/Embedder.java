package io.voxtag.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.audio.VoiceActivity;
import io.voxtag.embedder.batch.BatchSettings;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.enroll.EnrollmentStream;
import io.voxtag.embedder.stream.AudioStream;
import io.voxtag.embedder.stream.StreamMetrics;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.serde.EventSerdes;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * A running embedder: the live path and the enrolment path with one model. Thread-safe.
 *
 * <p>It works from {@link #start} until it is closed. What it cannot go on after (a broken model, a
 * broker that refuses it) it reports once and stops working; nothing unfinished is committed then.
 */
public final class Embedder implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Embedder.class);

  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(5);

  /** Loads the model. */
  @FunctionalInterface
  public interface ModelLoader {
    WindowEmbedder load() throws IOException;
  }

  private final WindowEmbedder model;
  private final Batcher batcher;
  private final Producer<byte[], byte[]> producer;
  private final AudioStream audio;
  private final EnrollmentStream enrollments;

  private Embedder(
      EmbedderSettings settings,
      KafkaSettings kafka,
      WindowEmbedder model,
      MeterRegistry registry,
      Consumer<Throwable> fatal) {
    this.model = model;
    StreamMetrics metrics = new StreamMetrics(registry);
    EventSerdes serdes = EventSerdes.of(kafka);
    VoiceActivity voiceActivity = new VoiceActivity();
    batcher = new Batcher(model, BatchSettings.of(settings.batch(), model), metrics, fatal);
    producer = producer(settings, kafka);
    audio =
        new AudioStream(
            settings,
            kafka,
            serdes,
            producer,
            model,
            batcher,
            voiceActivity::detect,
            metrics,
            fatal);
    enrollments =
        new EnrollmentStream(
            settings,
            kafka,
            serdes,
            producer,
            model,
            batcher,
            voiceActivity::detect,
            registry,
            fatal);
  }

  /**
   * Waits for the broker, makes missing topics, loads the model and starts. Blocks until then.
   *
   * @param fatal told, by any thread, what the embedder cannot go on after
   * @throws io.voxtag.schemas.kafka.BrokerUnavailableException if no broker answers in time
   * @throws IOException if the model cannot be loaded
   */
  public static Embedder start(
      EmbedderSettings settings,
      KafkaSettings kafka,
      ModelLoader loader,
      MeterRegistry registry,
      Consumer<Throwable> fatal)
      throws IOException {
    if (settings.flow().lowWater() >= settings.flow().highWater()) {
      throw new IllegalArgumentException(
          "voxtag.embedder.flow.low-water is %d, must be below high-water %d"
              .formatted(settings.flow().lowWater(), settings.flow().highWater()));
    }
    Broker.await(kafka);
    TopicAdmin.createMissing(kafka);
    WindowEmbedder model = loader.load();
    try {
      Embedder embedder = new Embedder(settings, kafka, model, registry, fatal);
      LOG.infof(
          "Embedder started model=%s dimension=%d group=%s",
          model.modelVersion(), model.dimension(), settings.groupId());
      return embedder;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Whether it has its partitions and takes enrolments. */
  public boolean isReady() {
    return audio.isAssigned() && enrollments.isReady();
  }

  /** Whether all its loops turn. */
  public boolean isAlive() {
    return audio.isAlive() && enrollments.isAlive();
  }

  /** Version of the model in service. */
  public String modelVersion() {
    return model.modelVersion();
  }

  /** Partitions of {@code call-audio} that it reads. */
  public int partitions() {
    return audio.partitions();
  }

  /** Finishes what is under way as far as time allows, commits, and frees the model. */
  @Override
  public void close() {
    audio.close();
    enrollments.close();
    batcher.close();
    producer.close(PRODUCER_CLOSE);
    model.close();
  }

  private static Producer<byte[], byte[]> producer(EmbedderSettings settings, KafkaSettings kafka) {
    Map<String, Object> properties =
        ClientProperties.producer(
            kafka,
            settings.groupId(),
            Topics.SPEECH_EMBEDDINGS,
            Topics.ENROLLMENT_EMBEDDINGS,
            Topics.CALL_AUDIO.dlq(),
            Topics.ENROLLMENTS.dlq());
    // A broker that is away is waited for: what is unsent holds windows back, and those the audio.
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
    properties.putAll(kafka.properties());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
