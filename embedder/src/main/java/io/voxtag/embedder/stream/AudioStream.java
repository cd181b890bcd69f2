package io.voxtag.embedder.stream;

import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.leg.LegSettings;
import io.voxtag.embedder.model.ServingModels;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The live path: {@code call-audio} in, {@code speech-embeddings} out. Runs from its construction
 * until it is closed or reports that it cannot go on.
 */
public final class AudioStream implements AutoCloseable {

  private static final Duration SILENT_LOOP = Duration.ofSeconds(60);
  private static final int SESSION_TIMEOUT_MS = 6_000;
  private static final int HEARTBEAT_MS = 1_500;

  private final List<PollLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Deserializer<?>> deserializers = new ArrayList<>();
  private final EmbeddingOutput output;
  private final WindowPipeline pipeline;

  /**
   * Starts.
   *
   * @param models gives each window the model that is in service when it is cut
   * @param producer where embeddings and dead letters go; stays the caller's to close
   * @param shadow hears of every window with a vector; stays the caller's to close
   * @param fatal told once, by any thread, what the stream cannot go on after
   */
  public AudioStream(
      EmbedderSettings settings,
      KafkaSettings kafka,
      EventSerdes serdes,
      Producer<byte[], byte[]> producer,
      ServingModels models,
      Function<float[], SpeechActivity> speechDetector,
      StreamMetrics metrics,
      Optional<ShadowStream> shadow,
      Consumer<Throwable> fatal) {
    AtomicBoolean failed = new AtomicBoolean();
    Consumer<Throwable> fatalOnce =
        error -> {
          if (failed.compareAndSet(false, true)) {
            fatal.accept(error);
          }
        };
    PollLoop.Settings loopSettings = loopSettings(settings);
    output =
        new EmbeddingOutput(
            producer, serdes.of(Topics.SPEECH_EMBEDDINGS).serializer(), metrics, shadow, fatalOnce);
    pipeline =
        new WindowPipeline(
            speechDetector,
            new WindowPipeline.Demands(
                settings.window().minLength().toMillis(),
                settings.window().minNetSpeech().toMillis()),
            settings
                .batch()
                .analysisThreads()
                .orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
            models::acquire,
            output,
            metrics);
    for (int i = 0; i < settings.pollers(); i++) {
      Deserializer<AudioChunk> deserializer = serdes.of(Topics.CALL_AUDIO).deserializer();
      deserializers.add(deserializer);
      PollLoop loop =
          new PollLoop(
              consumer(settings, kafka, i),
              deserializer,
              pipeline,
              new DeadLetters(producer),
              loopSettings,
              metrics,
              fatalOnce);
      loops.add(loop);
      threads.add(new Thread(loop, "embedder-poll-" + i));
    }
    gauges(metrics, models);
    threads.forEach(Thread::start);
  }

  /** Whether the group has given partitions, or none, to all of its consumers. */
  public boolean isAssigned() {
    return loops.stream().allMatch(loop -> loop.status().wasAssigned());
  }

  /** Whether all poll loops turn. */
  public boolean isAlive() {
    return loops.stream()
        .map(PollLoop::status)
        .noneMatch(
            status -> status.hasEnded() || status.sinceLastTurn().compareTo(SILENT_LOOP) > 0);
  }

  /** Partitions that this process reads. */
  public int partitions() {
    return loops.stream().mapToInt(loop -> loop.status().partitions()).sum();
  }

  /** Finishes windows under way as far as time allows, commits, and leaves the group. */
  @Override
  public void close() {
    loops.forEach(PollLoop::stop);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    pipeline.close();
    output.close();
    deserializers.forEach(Deserializer::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void gauges(StreamMetrics metrics, ServingModels models) {
    metrics.gauge("voxtag.embedder.queue.depth", "Windows waiting for a batch", models::queued);
    metrics.gauge(
        "voxtag.embedder.windows.under.way",
        "Windows cut and not yet acknowledged by Kafka",
        pipeline::underWay);
    metrics.gauge(
        "voxtag.embedder.legs.open",
        "Legs that have not ended",
        () -> loops.stream().mapToInt(loop -> loop.status().openLegs()).sum());
    metrics.gauge(
        "voxtag.embedder.lag",
        "Records of call-audio not yet looked at",
        () -> loops.stream().mapToLong(loop -> loop.status().lag()).sum());
    metrics.gauge(
        "voxtag.embedder.commits.stalled",
        "Partitions that cannot be committed, as their legs have more state than a commit may hold",
        () -> loops.stream().mapToInt(loop -> loop.status().stalled()).sum());
    metrics.gauge("voxtag.embedder.partitions", "Partitions assigned", this::partitions);
  }

  private static PollLoop.Settings loopSettings(EmbedderSettings settings) {
    return new PollLoop.Settings(
        new LegSettings(
            samples(settings.window().length()),
            samples(settings.window().hop()),
            settings.leg().reorder(),
            settings.leg().reorderChunks(),
            settings.leg().idle(),
            settings.leg().endGrace(),
            settings.leg().remember(),
            settings.leg().maxChunk()),
        settings.commitInterval(),
        settings.commitMetadataChars(),
        settings.stopTimeout(),
        settings.flow().highWater(),
        settings.flow().lowWater());
  }

  private static int samples(Duration duration) {
    return Math.toIntExact(duration.toMillis() * LegSettings.RATE / 1000);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(
      EmbedderSettings settings, KafkaSettings kafka, int number) {
    Map<String, Object> properties =
        ClientProperties.consumer(kafka, settings.groupId(), Topics.CALL_AUDIO);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.groupId() + "-" + number);
    // Short, so that the calls of an embedder that died go on elsewhere within seconds.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.putAll(kafka.properties());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
