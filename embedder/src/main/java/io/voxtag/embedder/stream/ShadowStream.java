package io.voxtag.embedder.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.leg.LegKey;
import io.voxtag.embedder.leg.Window;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jboss.logging.Logger;

/**
 * Live windows of some legs, embedded also under the versions that are READY: {@code
 * shadow-embeddings}, from which matchers tell how often such a version would decide otherwise. A
 * leg is heard in full or not at all. Whatever happens here, live windows go on: what does not find
 * time, or a broker, is left out. Thread-safe.
 */
public final class ShadowStream implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ShadowStream.class);
  private static final String TOPIC = Topics.SHADOW_EMBEDDINGS.name();
  private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(1);
  private static final int MAX_BLOCK_MS = 1_000;
  private static final int DELIVERY_MS = 30_000;
  private static final int REQUEST_MS = 10_000;
  private static final long BUFFER_BYTES = 4 << 20;

  /** What becomes of a copy. */
  private enum Outcome {
    SENT,
    SKIPPED,
    FAILED
  }

  private final double share;
  private final Function<float[], Map<String, CompletableFuture<float[]>>> versions;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<SpeechEmbedding> serializer;
  private final MeterRegistry registry;

  /**
   * A stream with a producer of its own, so that it never waits in the way of another.
   *
   * @param versions embeds a window under every version that is READY; one that has no time for it
   *     answers with a {@link RejectedExecutionException}
   */
  public ShadowStream(
      EmbedderSettings settings,
      KafkaSettings kafka,
      EventSerdes serdes,
      Function<float[], Map<String, CompletableFuture<float[]>>> versions,
      MeterRegistry registry) {
    this(
        settings.shadow().share(),
        versions,
        producer(settings, kafka),
        serdes.of(Topics.SHADOW_EMBEDDINGS).serializer(),
        registry);
  }

  ShadowStream(
      double share,
      Function<float[], Map<String, CompletableFuture<float[]>>> versions,
      Producer<byte[], byte[]> producer,
      Serializer<SpeechEmbedding> serializer,
      MeterRegistry registry) {
    this.share = share;
    this.versions = versions;
    this.producer = producer;
    this.serializer = serializer;
    this.registry = registry;
  }

  private static Producer<byte[], byte[]> producer(EmbedderSettings settings, KafkaSettings kafka) {
    Map<String, Object> properties =
        ClientProperties.producer(kafka, settings.groupId() + "-shadow", Topics.SHADOW_EMBEDDINGS);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.putAll(kafka.properties());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A live window has its vector; those of a leg in their order. Never blocks. */
  void heard(Window window, SpeechActivity speech) {
    if (isHeard(window.leg())) {
      versions
          .apply(window.samples())
          .forEach((version, vector) -> passOn(window, speech, version, vector));
    }
  }

  /** The same legs for every embedder, whichever takes them over. */
  private boolean isHeard(LegKey leg) {
    return (leg.fingerprint() >>> 1) < share * Long.MAX_VALUE;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // whatever comes of it is counted
  private void passOn(
      Window window, SpeechActivity speech, String version, CompletableFuture<float[]> embedded) {
    embedded.whenComplete(
        (vector, error) -> {
          if (error == null) {
            send(window, speech, version, vector);
          } else if (error instanceof RejectedExecutionException
              || error instanceof CancellationException) {
            count(version, Outcome.SKIPPED);
          } else {
            failed(version, error);
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  private void send(Window window, SpeechActivity speech, String version, float[] vector) {
    try {
      SpeechEmbedding embedding = SpeechEmbeddings.of(window, version, speech, vector);
      producer.send(
          SpeechEmbeddings.record(TOPIC, window, serialize(embedding)),
          (metadata, error) -> {
            if (error == null) {
              count(version, Outcome.SENT);
            } else {
              failed(version, error);
            }
          });
    } catch (RuntimeException e) {
      // On a thread of a model, which has other work to do than to wait for Kafka or a registry.
      failed(version, e);
    }
  }

  private synchronized byte[] serialize(SpeechEmbedding embedding) {
    return serializer.serialize(TOPIC, embedding);
  }

  private void failed(String version, Throwable error) {
    LOG.debugf(error, "A window is not compared model=%s", version);
    count(version, Outcome.FAILED);
  }

  private void count(String version, Outcome outcome) {
    Counter.builder("voxtag.embedder.shadow.windows")
        .description("Live windows embedded also under a version that is ready for service")
        .tag("model", version)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** Ends after what is being sent, as far as that takes no longer than a second. */
  @Override
  public void close() {
    producer.close(PRODUCER_CLOSE);
    serializer.close();
  }
}
