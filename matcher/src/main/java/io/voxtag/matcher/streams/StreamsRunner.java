package io.voxtag.matcher.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology until closed. A thread that fails is replaced; after too many failures in a short
 * time the application stops, which {@link #state()} then says. Thread-safe.
 */
public final class StreamsRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);
  private static final int MOST_FAILURES = 10;
  private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  private final String applicationId;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics streamsMetrics;
  private final MatcherMetrics metrics;
  private final Consumer<Throwable> fatal;
  private final Counter threadsReplaced;
  private volatile @Nullable Throwable lastFailure;
  private final Deque<Long> failures = new ArrayDeque<>();

  /**
   * Prepares the topology; {@link #start} runs it.
   *
   * @param fatal told, by a thread of the application, that it has stopped for good and why
   */
  public StreamsRunner(
      Topology topology,
      StreamsSettings settings,
      MatcherMetrics metrics,
      Consumer<Throwable> fatal) {
    this.applicationId = settings.applicationId();
    this.metrics = metrics;
    this.fatal = fatal;
    this.threadsReplaced = metrics.threadsReplaced(applicationId);
    this.streams = new KafkaStreams(topology, settings.properties(metrics));
    this.streamsMetrics = new KafkaStreamsMetrics(streams);
    streams.setUncaughtExceptionHandler(this::failed);
    streams.setStateListener(this::changed);
    metrics.gauge(
        "streams.running",
        "1 where the application is running, 0 while it starts, rebalances or has stopped",
        () -> state() == State.RUNNING ? 1 : 0,
        "application",
        applicationId);
    metrics.gauge(
        "lag",
        "Records that wait in the assigned partitions",
        this::lag,
        "application",
        applicationId);
  }

  /** Starts the threads; once. */
  public void start() {
    streams.start();
    streamsMetrics.bindTo(metrics.registry());
  }

  /** Name of the application. */
  public String applicationId() {
    return applicationId;
  }

  /** What the application is doing. */
  public State state() {
    return streams.state();
  }

  /** Records that wait in the partitions assigned to this instance, as far as consumers know. */
  public long lag() {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("records-lag"))
        .filter(metric -> metric.metricName().tags().containsKey("partition"))
        .map(metric -> metric.metricValue())
        .filter(Number.class::isInstance)
        .mapToLong(lag -> Math.max(0, ((Number) lag).longValue()))
        .sum();
  }

  private void changed(State now, State before) {
    LOG.info("Application {} is {}, was {}", applicationId, now, before);
    if (now == State.ERROR) {
      fatal.accept(new ApplicationStoppedException(applicationId, lastFailure));
    }
  }

  private synchronized StreamThreadExceptionResponse failed(Throwable error) {
    threadsReplaced.increment();
    lastFailure = error;
    if (SchemaRegistryException.isBehind(error)) {
      // Not counted, however long it lasts: a new process would not find the registry either.
      LOG.warn(
          "A thread of application {} waits for the schema registry and is replaced, reason={}",
          applicationId,
          error.toString());
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    long now = System.nanoTime();
    failures.addLast(now);
    while (now - failures.getFirst() > FAILURE_WINDOW.toNanos()) {
      failures.removeFirst();
    }
    if (failures.size() > MOST_FAILURES || error instanceof Error) {
      LOG.error("Application {} stops after {} failures", applicationId, failures.size(), error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A thread of application {} failed and is replaced", applicationId, error);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  @Override
  public void close() {
    streamsMetrics.close();
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.warn("Application {} did not close within {}", applicationId, CLOSE_TIMEOUT);
    }
  }
}
