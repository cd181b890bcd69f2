package io.voxtag.ingest.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.OutstandingBytes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the service counts. Names in the comments are those of Prometheus. Thread-safe. */
public final class IngestMetrics {

  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(60)
  };

  private static final String REPEAT = "repeat";

  /** Why a connection was not taken. */
  public enum Refusal {
    /** Connections came faster than they may. */
    RATE,
    /** A web page that is not allowed asked for it. */
    ORIGIN,
    /** Nothing, or nothing right, was shown that lets in. */
    CREDENTIALS
  }

  private final MeterRegistry registry;
  private final Counter chunks;
  private final Counter failedChunks;
  private final Counter bytes;
  private final Counter samples;
  private final Counter gapSamples;
  private final Timer publish;
  private final Timer backPressure;
  private final Timer throttled;
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
  private final AtomicInteger openStreams = new AtomicInteger();

  public IngestMetrics(MeterRegistry registry, OutstandingBytes outstanding) {
    this.registry = registry;
    // voxtag_ingest_chunks_total, voxtag_ingest_chunks_failed_total
    chunks = counter("voxtag.ingest.chunks", "Chunks that Kafka stored");
    failedChunks = counter("voxtag.ingest.chunks.failed", "Chunks that Kafka did not store");
    // voxtag_ingest_audio_bytes_total, voxtag_ingest_samples_total
    bytes = counter("voxtag.ingest.audio.bytes", "Bytes of coded audio that Kafka stored");
    samples = counter("voxtag.ingest.samples", "Samples of audio that Kafka stored");
    // voxtag_ingest_gap_samples_total
    gapSamples = counter("voxtag.ingest.gap.samples", "Samples that never came from the client");
    // voxtag_ingest_publish_seconds
    publish =
        Timer.builder("voxtag.ingest.publish")
            .description("From a chunk's last sample being here until Kafka stored it")
            .serviceLevelObjectives(LATENCY_BUCKETS)
            .register(registry);
    // voxtag_ingest_backpressure_seconds
    backPressure =
        Timer.builder("voxtag.ingest.backpressure")
            .description("Pauses in reading a connection because Kafka was slow")
            .register(registry);
    // voxtag_ingest_throttled_seconds
    throttled =
        Timer.builder("voxtag.ingest.throttled")
            .description("Pauses in reading a connection because it sent too fast")
            .register(registry);
    // voxtag_ingest_refusals_total; there from the start, so that its first increase shows
    for (Refusal refusal : Refusal.values()) {
      refusals.put(
          refusal,
          Counter.builder("voxtag.ingest.refusals")
              .description("Connections that were not taken, by why")
              .tag("reason", refusal.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    // voxtag_ingest_streams_open, voxtag_ingest_outstanding_bytes
    Gauge.builder("voxtag.ingest.streams.open", openStreams, AtomicInteger::get)
        .description("Connections that stream audio now")
        .register(registry);
    Gauge.builder("voxtag.ingest.outstanding.bytes", outstanding, OutstandingBytes::total)
        .description("Bytes taken from clients that Kafka has not acknowledged")
        .register(registry);
    // voxtag_ingest_messages_dropped_total; there from the start, so that its first increase shows
    dropped(REPEAT);
  }

  /** Shows what waits for the producer: voxtag_ingest_queue_records, voxtag_ingest_queue_bytes. */
  void queue(Supplier<Number> records, Supplier<Number> audioBytes) {
    Gauge.builder("voxtag.ingest.queue.records", records)
        .description("Chunks that wait for the producer to take them")
        .register(registry);
    Gauge.builder("voxtag.ingest.queue.bytes", audioBytes)
        .description("Bytes of coded audio in these chunks")
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** The streams that are open, for the gauge and the limit. */
  public AtomicInteger openStreams() {
    return openStreams;
  }

  /** Counts the end of a stream: voxtag_ingest_streams_closed_total. */
  public void streamClosed(String transport, Closing closing) {
    Counter.builder("voxtag.ingest.streams.closed")
        .description("Connections that ended, by how")
        .tags("transport", transport, "reason", closing.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** Counts a message that came twice or too late. */
  public void messageRepeated() {
    dropped(REPEAT).increment();
  }

  private Counter dropped(String reason) {
    return Counter.builder("voxtag.ingest.messages.dropped")
        .description("Messages that came twice or too late")
        .tag("reason", reason)
        .register(registry);
  }

  /** Counts samples that are missing in a leg. */
  public void gap(long count) {
    gapSamples.increment((double) count);
  }

  /** Records that a connection was not read for a time. */
  public void paused(Duration duration) {
    backPressure.record(duration);
  }

  /** Records that a connection was not read for a time because it sent too fast. */
  public void throttled(Duration duration) {
    throttled.record(duration);
  }

  /** Counts a connection that was not taken. */
  public void refused(Refusal refusal) {
    Objects.requireNonNull(refusals.get(refusal)).increment();
  }

  void stored(long chunkBytes, long chunkSamples, long nanos) {
    chunks.increment();
    bytes.increment((double) chunkBytes);
    samples.increment((double) chunkSamples);
    publish.record(Duration.ofNanos(nanos));
  }

  void failed() {
    failedChunks.increment();
  }
}
