package io.voxtag.embedder;

import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.audio.VoiceActivity;
import io.voxtag.embedder.batch.BackgroundPace;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.enroll.EnrollmentStream;
import io.voxtag.embedder.model.ConfiguredModel;
import io.voxtag.embedder.model.ModelLifecycle;
import io.voxtag.embedder.model.ModelMetrics;
import io.voxtag.embedder.model.ModelParts;
import io.voxtag.embedder.model.ModelSupply;
import io.voxtag.embedder.model.ServingModels;
import io.voxtag.embedder.stream.AudioStream;
import io.voxtag.embedder.stream.ShadowStream;
import io.voxtag.embedder.stream.StreamMetrics;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.serde.EventSerdes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * A running embedder: the live path with the model in service, and an enrolment path for each model
 * in memory. Thread-safe.
 *
 * <p>It works from {@link #start} until it is closed. What it cannot go on after (a broken model, a
 * broker that refuses it) it reports once and stops working; nothing unfinished is committed then.
 */
public final class Embedder implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Embedder.class);

  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(5);

  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final ServingModels models;
  private final Optional<ModelLifecycle> lifecycle;
  private final AudioStream audio;

  private Embedder(
      EmbedderSettings settings,
      KafkaSettings kafka,
      ConfiguredModel configured,
      Optional<ModelSupply> supply,
      MeterRegistry registry,
      Consumer<Throwable> fatal)
      throws IOException {
    try {
      StreamMetrics metrics = new StreamMetrics(registry);
      EventSerdes serdes = EventSerdes.of(kafka);
      VoiceActivity voiceActivity = new VoiceActivity();
      Producer<byte[], byte[]> producer = producer(settings, kafka);
      closing.push(() -> producer.close(PRODUCER_CLOSE));
      ModelParts.EnrollmentStarter enrollments =
          (model, embedder, failed) ->
              new EnrollmentStream(
                  settings,
                  kafka,
                  serdes,
                  producer,
                  model,
                  embedder,
                  voiceActivity::detect,
                  registry,
                  failed);
      models =
          new ServingModels(
              new ModelParts(
                  settings.batch(),
                  new BackgroundPace(settings.models().backgroundShare()),
                  metrics,
                  new ModelMetrics(registry),
                  enrollments),
              fatal);
      closing.push(models::close);
      lifecycle =
          supply.map(from -> new ModelLifecycle(settings.models(), kafka, from, models, fatal));
      lifecycle.ifPresent(running -> closing.push(running::close));
      loadFirst(configured);
      Optional<ShadowStream> shadow = shadow(settings, kafka, serdes, registry);
      shadow.ifPresent(stream -> closing.push(stream::close));
      audio =
          new AudioStream(
              settings,
              kafka,
              serdes,
              producer,
              models,
              voiceActivity::detect,
              metrics,
              shadow,
              fatal);
      closing.push(audio::close);
      lifecycle.ifPresent(ModelLifecycle::start);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void loadFirst(ConfiguredModel configured) throws IOException {
    if (lifecycle.isPresent()) {
      lifecycle.get().loadFirst(configured);
    } else {
      models.add(configured.load(), null);
    }
  }

  private Optional<ShadowStream> shadow(
      EmbedderSettings settings, KafkaSettings kafka, EventSerdes serdes, MeterRegistry registry) {
    return lifecycle
        .filter(running -> settings.shadow().share() > 0)
        .map(
            running ->
                new ShadowStream(
                    settings,
                    kafka,
                    serdes,
                    window -> models.embedAside(running::isReady, window),
                    registry));
  }

  /**
   * An embedder that serves the configured model alone; see {@link #start(EmbedderSettings,
   * KafkaSettings, ConfiguredModel, Optional, MeterRegistry, Consumer)}.
   */
  public static Embedder start(
      EmbedderSettings settings,
      KafkaSettings kafka,
      ConfiguredModel configured,
      MeterRegistry registry,
      Consumer<Throwable> fatal)
      throws IOException {
    return start(settings, kafka, configured, Optional.empty(), registry, fatal);
  }

  /**
   * Waits for the broker, makes missing topics, loads the model and starts. Blocks until then.
   *
   * @param configured serves where no other version was promoted
   * @param supply where other versions come from; without, {@code model-versions} is not read
   * @param fatal told, by any thread, what the embedder cannot go on after
   * @throws io.voxtag.schemas.kafka.BrokerUnavailableException if no broker answers in time
   * @throws IOException if the model cannot be loaded
   */
  public static Embedder start(
      EmbedderSettings settings,
      KafkaSettings kafka,
      ConfiguredModel configured,
      Optional<ModelSupply> supply,
      MeterRegistry registry,
      Consumer<Throwable> fatal)
      throws IOException {
    if (settings.flow().lowWater() >= settings.flow().highWater()) {
      throw new IllegalArgumentException(
          "voxtag.embedder.flow.low-water is %d, must be below high-water %d"
              .formatted(settings.flow().lowWater(), settings.flow().highWater()));
    }
    double share = settings.shadow().share();
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "voxtag.embedder.shadow.share is %s, must be from 0 to 1".formatted(share));
    }
    Broker.await(kafka);
    TopicAdmin.createMissing(kafka);
    Embedder embedder = new Embedder(settings, kafka, configured, supply, registry, fatal);
    LOG.infof(
        "Embedder started model=%s dimension=%d group=%s",
        embedder.modelVersion(), embedder.models.activeDimension(), settings.groupId());
    return embedder;
  }

  /** Whether it has its partitions and takes enrolments. */
  public boolean isReady() {
    return audio.isAssigned() && models.isEnrolling();
  }

  /** Whether all its loops turn. */
  public boolean isAlive() {
    return audio.isAlive() && models.isAlive();
  }

  /** Version of the model in service. */
  public String modelVersion() {
    return models.activeVersion();
  }

  /** Versions of all models in memory. */
  public List<String> loadedVersions() {
    return models.versions();
  }

  /** What is not as {@code model-versions} says it should be, in words. */
  public Optional<String> modelProblem() {
    return lifecycle.flatMap(ModelLifecycle::problem);
  }

  /** Partitions of {@code call-audio} that it reads. */
  public int partitions() {
    return audio.partitions();
  }

  /** Finishes what is under way as far as time allows, commits, and frees the models. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
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
