package io.voxtag.embedder.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voxtag.embedder.batch.BatchMetrics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the embedder counts and times. Thread-safe. */
public final class StreamMetrics implements BatchMetrics {

  private static final String STAGE = "voxtag.embedder.stage";

  private static final Duration[] STAGE_BUCKETS =
      millis(0.2, 0.5, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2500, 10_000);

  /** Close together below the goal, that a tag is there 300 ms after the last sample. */
  private static final Duration[] LATENCY_BUCKETS =
      millis(
          10, 25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 350, 400, 500, 750, 1000,
          2000, 5000, 15_000, 60_000);

  /** What becomes of a window. */
  enum Outcome {
    EMBEDDED,
    INSUFFICIENT_SPEECH,
    TOO_SHORT,
    FAILED
  }

  private final MeterRegistry registry;
  private final Timer decode;
  private final Timer vad;
  private final Timer queue;
  private final Timer inference;
  private final Timer produce;
  private final Timer captureToEmbedding;
  private final DistributionSummary batches;
  private final Counter deadLetters;
  private final AtomicInteger pausedPartitions = new AtomicInteger();

  public StreamMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.decode = stage("decode", "Taking a chunk: decoding, resampling, cutting windows");
    this.vad = stage("vad", "Looking for speech in a window");
    this.queue = stage("queue", "A window waiting for a batch");
    this.inference = stage("inference", "A batch in the model");
    this.produce = stage("produce", "From sending an embedding to its acknowledgement");
    this.captureToEmbedding =
        Timer.builder("voxtag.embedder.capture.to.embedding")
            .serviceLevelObjectives(LATENCY_BUCKETS)
            .description(
                "From the capture of a window's last sample to its embedding acknowledged by Kafka")
            .register(registry);
    this.batches =
        DistributionSummary.builder("voxtag.embedder.batch.size")
            .description("Windows in a batch")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(registry);
    this.deadLetters =
        Counter.builder("voxtag.embedder.dead.letters")
            .description("Records sent to a dead-letter topic")
            .tag("topic", "call-audio")
            .register(registry);
    gauge(
        "voxtag.embedder.paused.partitions",
        "Partitions held back because too many windows are under way",
        pausedPartitions::get);
    for (Outcome outcome : Outcome.values()) {
      windows(outcome);
    }
  }

  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  void decoded(Duration took) {
    decode.record(took);
  }

  void analysed(Duration took) {
    vad.record(took);
  }

  @Override
  public void waited(Duration queued) {
    queue.record(queued);
  }

  @Override
  public void embedded(int windows, Duration took) {
    inference.record(took);
    batches.record(windows);
  }

  void produced(Outcome outcome, Duration took, Duration sinceCapture) {
    produce.record(took);
    captureToEmbedding.record(sinceCapture.isNegative() ? Duration.ZERO : sinceCapture);
    windows(outcome).increment();
  }

  void chunk(String outcome) {
    Counter.builder("voxtag.embedder.chunks")
        .description("Chunks read, by what became of them")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  void deadLetter() {
    deadLetters.increment();
  }

  void paused(int change) {
    pausedPartitions.addAndGet(change);
  }

  private Counter windows(Outcome outcome) {
    return Counter.builder("voxtag.embedder.windows")
        .description("Windows embedded or not, acknowledged by Kafka")
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private Timer stage(String stage, String description) {
    return Timer.builder(STAGE)
        .serviceLevelObjectives(STAGE_BUCKETS)
        .tag("stage", stage)
        .description("Time spent in a stage: " + description)
        .register(registry);
  }

  private static Duration[] millis(double... values) {
    return Arrays.stream(values)
        .mapToObj(value -> Duration.ofNanos(Math.round(value * 1e6)))
        .toArray(Duration[]::new);
  }
}
