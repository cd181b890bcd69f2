package io.voxtag.schemas.lifecycle;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code model-versions} in a thread of its own, from its first record on. Where Kafka
 * fails it begins again; what was known stays known meanwhile. A record whose key is not its
 * version is passed over and logged. Thread-safe.
 */
public final class ModelVersionsFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelVersionsFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KafkaSettings kafka;
  private final Consumer<ModelVersions> listener;
  private final Thread thread;
  private ModelVersions current = ModelVersions.NONE;
  // Both count readings of the topic's end, so that a waiter knows one that began after it asked.
  private long asked;
  private long answered;
  private boolean closed;

  /**
   * Begins to follow, once started.
   *
   * @param listener told of every change and of the state at the start, by the thread of the
   *     follower; while it works nothing is followed
   */
  public ModelVersionsFollower(KafkaSettings kafka, Consumer<ModelVersions> listener) {
    this.kafka = kafka;
    this.listener = listener;
    this.thread = new Thread(this::run, "voxtag-model-versions");
    this.thread.setDaemon(true);
  }

  /** Starts the thread; once. */
  public void start() {
    thread.start();
  }

  /** What is known now. */
  public synchronized ModelVersions current() {
    return current;
  }

  /**
   * Waits until everything is known that was in the topic when this was called.
   *
   * @return false where that takes longer than the time given
   */
  public synchronized boolean awaitCurrent(Duration timeout) throws InterruptedException {
    long ticket = ++asked;
    notifyAll();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (answered < ticket) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || closed) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void run() {
    while (!isClosed()) {
      try (TopicReader<ModelVersion> reader =
          TopicReader.open(kafka, Topics.MODEL_VERSIONS, From.BEGINNING)) {
        follow(reader);
      } catch (InterruptException e) {
        // By close, which is why the loop ends.
        LOG.debug("Following model versions ends", e);
        return;
      } catch (KafkaException e) {
        LOG.warn("Model versions cannot be followed for now, reason={}", e.toString());
        pause();
      }
    }
  }

  private void follow(TopicReader<ModelVersion> reader) {
    ModelVersions versions = ModelVersions.NONE;
    boolean known = false;
    while (!isClosed()) {
      long ticket = ticket();
      ModelVersions before = versions;
      versions = known ? after(versions, reader.poll(POLL)) : versions;
      if (!known || isWaitedFor(ticket)) {
        versions = toEnd(versions, reader);
      }
      if (!known || versions != before) {
        publish(versions);
      }
      known = true;
      answer(ticket);
    }
  }

  private static ModelVersions toEnd(ModelVersions versions, TopicReader<ModelVersion> reader) {
    ModelVersions[] end = {versions};
    reader.readToEnd(message -> end[0] = after(end[0], List.of(message)));
    return end[0];
  }

  private static ModelVersions after(ModelVersions versions, List<Message<ModelVersion>> messages) {
    ModelVersions after = versions;
    for (Message<ModelVersion> message : messages) {
      @Nullable ModelVersion record = message.value();
      if (message.key() == null || (record != null && !record.getVersion().equals(message.key()))) {
        LOG.warn("A model version under another key is passed over, key={}", message.key());
      } else {
        after = after.with(message.key(), record);
      }
    }
    return after;
  }

  private void publish(ModelVersions versions) {
    synchronized (this) {
      current = versions;
    }
    try {
      listener.accept(versions);
    } catch (RuntimeException e) {
      LOG.error("A change of model versions could not be acted on", e);
    }
  }

  private synchronized long ticket() {
    return asked;
  }

  private synchronized boolean isWaitedFor(long ticket) {
    return answered < ticket;
  }

  private synchronized void answer(long ticket) {
    if (answered < ticket) {
      answered = ticket;
      notifyAll();
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
      thread.join(RETRY.toMillis() * 5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
