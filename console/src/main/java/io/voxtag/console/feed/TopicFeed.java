package io.voxtag.console.feed;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Hands over the records of a topic, on a thread of its own, for as long as it is open. After a
 * failure it begins anew, so that whoever takes them must bear to be told things twice.
 */
final class TopicFeed<V> implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TopicFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PAUSE_MS = 1_000;
  private static final long CLOSE_MS = 2_000;

  private final KafkaSettings kafka;
  private final Topic<V> topic;
  private final From from;
  private final Consumer<V> values;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean reading;

  /**
   * Starts.
   *
   * @param from where to begin the first time, and after a failure
   */
  TopicFeed(KafkaSettings kafka, Topic<V> topic, From from, Consumer<V> values) {
    this.kafka = kafka;
    this.topic = topic;
    this.from = from;
    this.values = values;
    this.thread = new Thread(this::run, "console-" + topic.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether Kafka answers. */
  boolean isReading() {
    return reading;
  }

  private void run() {
    try {
      while (ending.getCount() > 0) {
        read();
        ending.await(PAUSE_MS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debugf("Reading %s ends", topic.name());
    }
  }

  private void read() {
    try (TopicReader<V> reader = TopicReader.open(kafka, topic, from)) {
      reading = true;
      while (ending.getCount() > 0) {
        for (Message<V> message : reader.poll(POLL)) {
          if (message.value() != null) {
            values.accept(message.value());
          }
        }
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warnf("%s cannot be read for now, reason=%s", topic.name(), e);
    } finally {
      reading = false;
    }
  }

  @Override
  public void close() {
    ending.countDown();
    try {
      // It looks between two polls. Only one that waits for a broker is interrupted: a consumer
      // that
      // is interrupted while it closes complains.
      thread.join(CLOSE_MS);
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
