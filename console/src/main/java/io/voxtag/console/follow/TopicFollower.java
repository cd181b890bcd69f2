package io.voxtag.console.follow;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicMissingException;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads a topic in a thread of its own, outside any consumer group. Where Kafka fails it begins
 * again. Thread-safe.
 *
 * @param <V> type of the record values
 */
public final class TopicFollower<V> implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KafkaSettings kafka;
  private final Topic<V> topic;
  private final Supplier<Optional<Instant>> since;
  private final Sink<V> sink;
  private final Thread thread;
  private volatile boolean current;
  private boolean closed;

  /**
   * What is told of the records, by one thread.
   *
   * @param <V> type of the record values
   */
  public interface Sink<V> {

    /** Reading begins, for the first time or again: everything comes anew. */
    default void restart() {}

    /** The next record. */
    void take(Message<V> message);

    /** Everything is known that was in the topic when reading began. */
    default void caughtUp() {}
  }

  /**
   * @param since how old the first record may be when reading begins; empty for the very first
   */
  public TopicFollower(
      KafkaSettings kafka, Topic<V> topic, Supplier<Optional<Instant>> since, Sink<V> sink) {
    this.kafka = kafka;
    this.topic = topic;
    this.since = since;
    this.sink = sink;
    this.thread = new Thread(this::run, "console-" + topic.name());
    this.thread.setDaemon(true);
  }

  /** Starts the thread; once. */
  public void start() {
    thread.start();
  }

  /** Whether everything is known that is in the topic, as far as Kafka answers. */
  public boolean isCurrent() {
    return current;
  }

  /** Whether the thread still works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    while (!isClosed()) {
      try (TopicReader<V> reader = open()) {
        follow(reader);
      } catch (InterruptException e) {
        // By close, which is why the loop ends.
        LOG.debugf(e, "following %s ends", topic.name());
        return;
      } catch (KafkaException | TopicMissingException e) {
        current = false;
        LOG.warnf("topic cannot be followed for now topic=%s reason=%s", topic.name(), e);
        pause();
      }
    }
  }

  private TopicReader<V> open() {
    return since
        .get()
        .map(time -> TopicReader.openSince(kafka, topic, time))
        .orElseGet(() -> TopicReader.open(kafka, topic, From.BEGINNING));
  }

  private void follow(TopicReader<V> reader) {
    sink.restart();
    reader.readToEnd(this::take);
    current = true;
    sink.caughtUp();
    while (!isClosed()) {
      reader.poll(POLL).forEach(this::take);
    }
  }

  private void take(Message<V> message) {
    try {
      sink.take(message);
    } catch (RuntimeException e) {
      LOG.errorf(e, "record could not be used topic=%s key=%s", topic.name(), message.key());
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void pause() {
    long deadline = System.nanoTime() + RETRY.toNanos();
    try {
      while (!closed && System.nanoTime() < deadline) {
        wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      // It ends by itself after its present poll; Kafka's client dislikes being interrupted.
      thread.join(RETRY.toMillis() * 2);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(RETRY.toMillis() * 5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
