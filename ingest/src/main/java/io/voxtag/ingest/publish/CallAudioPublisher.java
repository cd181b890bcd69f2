package io.voxtag.ingest.publish;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.voxtag.ingest.leg.ChunkSink;
import io.voxtag.ingest.leg.Receipt;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.tracing.Traces;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends chunks to {@code call-audio} from a thread of its own, because a producer may block where
 * callers must not. Its queue has no limit: who publishes counts what is outstanding. Thread-safe.
 */
public final class CallAudioPublisher implements ChunkSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CallAudioPublisher.class);

  private record Pending(AudioChunk chunk, long samples, Receipt receipt, long since, Span span) {}

  private final Producer<String, AudioChunk> producer;
  private final Duration deliveryTimeout;
  private final Duration closeTimeout;
  private final IngestMetrics metrics;
  private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Thread sender = new Thread(this::run, "voxtag-ingest-sender");
  private boolean closed;

  // Tells the sender that nothing follows.
  private static final Object END = new Object();

  /**
   * @param producer idempotent; closed with this
   * @param deliveryTimeout how long a chunk may wait for the producer
   * @param closeTimeout how long {@link #close()} waits for what is outstanding
   */
  public CallAudioPublisher(
      Producer<String, AudioChunk> producer,
      Duration deliveryTimeout,
      Duration closeTimeout,
      IngestMetrics metrics) {
    this.producer = producer;
    this.deliveryTimeout = deliveryTimeout;
    this.closeTimeout = closeTimeout;
    this.metrics = metrics;
    metrics.queue(queue::size, queuedBytes::get);
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void publish(AudioChunk chunk, long samples, Receipt receipt) {
    synchronized (this) {
      if (!closed) {
        queuedBytes.addAndGet(chunk.getPayload().remaining());
        queue.add(new Pending(chunk, samples, receipt, System.nanoTime(), begin(chunk)));
        return;
      }
    }
    metrics.failed();
    receipt.onCompletion(new IllegalStateException("the service is stopping"));
  }

  private static Span begin(AudioChunk chunk) {
    Span span = Traces.begin("ingest", "publish call-audio", SpanKind.PRODUCER);
    if (span.isRecording()) {
      span.setAttribute("voxtag.call.id", chunk.getCallId());
      span.setAttribute("voxtag.call.channel", chunk.getChannel());
    }
    return span;
  }

  /** Whether chunks can be sent at all. */
  public boolean isAlive() {
    return sender.isAlive();
  }

  /** Whether the producer has a connection to a broker. */
  public boolean isConnected() {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
  }

  /** Sends what is queued and waits until Kafka has it, at most for the time to close. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(END);
    }
    long end = System.nanoTime() + closeTimeout.toNanos();
    try {
      sender.join(closeTimeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  private void run() {
    try {
      while (queue.take() instanceof Pending pending) {
        queuedBytes.addAndGet(-pending.chunk().getPayload().remaining());
        send(pending);
      }
    } catch (InterruptedException e) {
      LOG.error("The sender of call audio was interrupted", e);
    }
  }

  private void send(Pending pending) {
    if (System.nanoTime() - pending.since() > deliveryTimeout.toNanos()) {
      completed(
          pending, new TimeoutException("no broker for " + deliveryTimeout.toSeconds() + " s"));
      return;
    }
    AudioChunk chunk = pending.chunk();
    try {
      ProducerRecord<String, AudioChunk> record =
          new ProducerRecord<>(
              Topics.CALL_AUDIO.name(),
              null,
              chunk.getCapturedAt().toEpochMilli(),
              chunk.getCallId(),
              chunk);
      Traces.inject(pending.span(), record.headers());
      Future<?> unused = producer.send(record, (metadata, failure) -> completed(pending, failure));
    } catch (KafkaException | IllegalStateException e) {
      completed(pending, e);
    }
  }

  private void completed(Pending pending, @Nullable Exception failure) {
    if (failure == null) {
      metrics.stored(
          pending.chunk().getPayload().remaining(),
          pending.samples(),
          System.nanoTime() - pending.since());
      pending.span().end();
    } else {
      metrics.failed();
      Traces.fail(pending.span(), failure);
    }
    pending.receipt().onCompletion(failure == null ? null : explained(failure, pending.chunk()));
  }

  /** What the broker says of a refused time names neither the clock nor the way out. */
  private static Exception explained(Exception failure, AudioChunk chunk) {
    if (!(failure instanceof InvalidTimestampException)) {
      return failure;
    }
    LOG.error(
        "The broker refuses audio captured at {}: the clocks of this machine and of the broker are"
            + " too far apart",
        chunk.getCapturedAt(),
        failure);
    return new InvalidTimestampException(
        "captured at " + chunk.getCapturedAt() + ", the future for the broker; set the clocks",
        failure);
  }
}
