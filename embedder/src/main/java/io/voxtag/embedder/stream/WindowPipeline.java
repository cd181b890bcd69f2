package io.voxtag.embedder.stream;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.batch.WindowFailedException;
import io.voxtag.embedder.leg.Window;
import io.voxtag.embedder.model.ModelUse;
import io.voxtag.embedder.stream.StreamMetrics.Outcome;
import io.voxtag.embedder.stream.WindowJob.Embedded;
import io.voxtag.tracing.Traces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way of a window: speech detection on threads of its own, the model in service when it is
 * submitted, and out, in the order of its partition. Submitting never blocks; {@link #underWay()}
 * tells when to hold back. Thread-safe.
 */
final class WindowPipeline implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(WindowPipeline.class);

  /**
   * What makes a window worth a vector.
   *
   * @param minMs its length, ms
   * @param minNetSpeechMs the speech in it, ms
   */
  record Demands(long minMs, long minNetSpeechMs) {}

  private final Function<float[], SpeechActivity> speechDetector;
  private final Demands demands;
  private final Supplier<ModelUse> models;
  private final EmbeddingOutput output;
  private final StreamMetrics metrics;
  private final ExecutorService analysis;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param models gives the model in service, for one window
   */
  WindowPipeline(
      Function<float[], SpeechActivity> speechDetector,
      Demands demands,
      int analysisThreads,
      Supplier<ModelUse> models,
      EmbeddingOutput output,
      StreamMetrics metrics) {
    this.speechDetector = speechDetector;
    this.demands = demands;
    this.models = models;
    this.output = output;
    this.metrics = metrics;
    AtomicInteger number = new AtomicInteger();
    this.analysis =
        Executors.newFixedThreadPool(
            analysisThreads,
            task -> {
              Thread thread = new Thread(task, "embedder-analysis-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Windows submitted and not yet acknowledged or dropped. */
  int underWay() {
    return underWay.get();
  }

  /** Sends a window on its way. */
  @SuppressWarnings("FutureReturnValueIgnored") // the output finds failures in the job
  void submit(Window window, Lane lane) {
    underWay.incrementAndGet();
    // Here, where windows of a partition come one after the other: of two windows of a leg never
    // the later one is of the older model.
    ModelUse model = models.get();
    Span span = begin(window, model.version());
    WindowJob job = new WindowJob(window, model.version(), embed(window, model, span), span);
    lane.add(job);
    job.embedded()
        .whenComplete(
            (embedded, error) -> {
              model.done();
              output.drain(lane, underWay::decrementAndGet);
            });
  }

  private static Span begin(Window window, String version) {
    Span span = Traces.next("embedder", "embed window", SpanKind.CONSUMER);
    if (span.isRecording()) {
      span.setAttribute("voxtag.call.id", window.leg().callId());
      span.setAttribute("voxtag.call.channel", window.leg().channel());
      span.setAttribute("voxtag.window.index", window.index());
      span.setAttribute("voxtag.model.version", version);
    }
    return span;
  }

  /** Stops looking for speech; windows that wait for it are not finished. */
  @Override
  public void close() {
    analysis.shutdownNow();
  }

  private CompletableFuture<Embedded> embed(Window window, ModelUse model, Span span) {
    try {
      return CompletableFuture.supplyAsync(() -> detect(window), analysis)
          .thenCompose(
              speech -> {
                span.addEvent("speech found");
                return vector(window, speech, model);
              });
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private SpeechActivity detect(Window window) {
    long start = System.nanoTime();
    SpeechActivity speech = speechDetector.apply(window.samples());
    metrics.analysed(Duration.ofNanos(System.nanoTime() - start));
    return speech;
  }

  private CompletableFuture<Embedded> vector(Window window, SpeechActivity speech, ModelUse model) {
    if (window.endMs() - window.startMs() < demands.minMs()
        || window.samples().length < model.minSamples()) {
      return done(Outcome.TOO_SHORT, speech);
    }
    if (speech.netSpeechMs() < demands.minNetSpeechMs()) {
      return done(Outcome.INSUFFICIENT_SPEECH, speech);
    }
    return model
        .submit(window.samples())
        .handle((vector, error) -> embedded(window, speech, vector, error));
  }

  private static Embedded embedded(
      Window window, SpeechActivity speech, float @Nullable [] vector, @Nullable Throwable error) {
    if (error == null) {
      return new Embedded(Outcome.EMBEDDED, speech, vector);
    }
    if (error instanceof WindowFailedException) {
      LOG.errorf(
          error,
          "No vector for leg=%s window=%d: it is passed on without one",
          window.leg(),
          window.index());
      return new Embedded(Outcome.FAILED, speech, null);
    }
    throw new CompletionException(error);
  }

  private static CompletableFuture<Embedded> done(Outcome outcome, SpeechActivity speech) {
    return CompletableFuture.completedFuture(new Embedded(outcome, speech, null));
  }
}
