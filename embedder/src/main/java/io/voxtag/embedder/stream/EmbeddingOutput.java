package io.voxtag.embedder.stream;

import io.opentelemetry.api.trace.Span;
import io.voxtag.embedder.leg.Window;
import io.voxtag.embedder.stream.WindowJob.Embedded;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.serde.SchemaRegistryException;
import io.voxtag.tracing.Traces;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jboss.logging.Logger;

/**
 * Sends what was made of windows to {@code speech-embeddings}, each lane in its order, on one
 * thread of its own: a slow broker holds nobody else up.
 */
final class EmbeddingOutput implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EmbeddingOutput.class);
  private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);
  private static final String TOPIC = Topics.SPEECH_EMBEDDINGS.name();

  private final Producer<byte[], byte[]> producer;
  private final Serializer<SpeechEmbedding> serializer;
  private final StreamMetrics metrics;
  private final Optional<ShadowStream> shadow;
  private final Consumer<Throwable> fatal;
  private final ExecutorService executor;

  /**
   * Sends from now on.
   *
   * @param shadow hears of every window with a vector
   * @param fatal told, by any thread, what it cannot go on after
   */
  EmbeddingOutput(
      Producer<byte[], byte[]> producer,
      Serializer<SpeechEmbedding> serializer,
      StreamMetrics metrics,
      Optional<ShadowStream> shadow,
      Consumer<Throwable> fatal) {
    this.producer = producer;
    this.serializer = serializer;
    this.metrics = metrics;
    this.shadow = shadow;
    this.fatal = fatal;
    this.executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "embedder-output");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Sends what is ready at the head of the lane, soon. Never blocks.
   *
   * @param finished called once for each window of the lane that is acknowledged or dropped
   */
  void drain(Lane lane, Runnable finished) {
    try {
      executor.execute(() -> sendReady(lane, finished));
    } catch (RejectedExecutionException e) {
      // Only after close: the windows stay unacknowledged and are made again by a successor.
      finished.run();
    }
  }

  /** Ends after what is being sent. The producer stays the caller's to close. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void sendReady(Lane lane, Runnable finished) {
    try {
      for (WindowJob job = lane.next(); job != null; job = lane.next()) {
        if (lane.isDropped()) {
          lane.finished();
          finished.run();
        } else {
          send(job, lane, finished);
        }
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  private void send(WindowJob job, Lane lane, Runnable finished) {
    Window window = job.window();
    Embedded embedded = job.embedded().join();
    byte[] value =
        serialize(
            SpeechEmbeddings.of(window, job.modelVersion(), embedded.speech(), embedded.vector()));
    ProducerRecord<byte[], byte[]> record = SpeechEmbeddings.record(TOPIC, window, value);
    Span span = job.span();
    span.setAttribute("voxtag.outcome", embedded.outcome().name());
    span.addEvent("vector made");
    Traces.inject(span, record.headers());
    long start = System.nanoTime();
    producer.send(
        record,
        (metadata, error) -> {
          if (error != null) {
            Traces.fail(span, error);
            fail(error);
            return;
          }
          span.end();
          window.acknowledge();
          lane.finished();
          finished.run();
          metrics.produced(
              embedded.outcome(),
              Duration.ofNanos(System.nanoTime() - start),
              Duration.ofMillis(System.currentTimeMillis() - window.capturedAt()));
        });
    if (embedded.outcome() == StreamMetrics.Outcome.EMBEDDED) {
      shadow.ifPresent(stream -> stream.heard(window, embedded.speech()));
    }
  }

  /** Waits for a schema registry that does not help, as a producer does for a broker. */
  private byte[] serialize(SpeechEmbedding event) {
    while (true) {
      try {
        return serializer.serialize(TOPIC, event);
      } catch (SchemaRegistryException e) {
        if (isClosing()) {
          throw e;
        }
        LOG.warnf("Embeddings wait for the schema registry, reason=%s", e.getMessage());
      }
    }
  }

  /** Whether it is closed, or is so within a second. */
  private boolean isClosing() {
    try {
      return executor.awaitTermination(REGISTRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
          || executor.isShutdown();
    } catch (InterruptedException e) {
      // By close, which this thread ends with.
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void fail(Throwable error) {
    Throwable cause = error.getCause() != null ? error.getCause() : error;
    boolean closing =
        executor.isShutdown()
            || error instanceof CancellationException
            || cause instanceof CancellationException;
    if (!closing) {
      fatal.accept(error);
    }
  }
}
