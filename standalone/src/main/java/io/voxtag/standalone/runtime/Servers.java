package io.voxtag.standalone.runtime;

import io.voxtag.embedded.EmbeddedKafka;
import io.voxtag.embedded.EmbeddedRedis;
import io.voxtag.embedded.KafkaOptions;
import io.voxtag.embedded.RedisOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Kafka and Redis as the services of this process see them: started here, or those outside.
 * Thread-safe.
 */
final class Servers implements AutoCloseable {

  private final String kafka;
  private final String redis;
  // Last started, first closed.
  private final Deque<AutoCloseable> started;

  private Servers(String kafka, String redis, Deque<AutoCloseable> started) {
    this.kafka = kafka;
    this.redis = redis;
    this.started = started;
  }

  /** Starts what the options do not name. */
  static Servers start(StandaloneOptions options, Path data) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      String kafka = options.kafka().orElseGet(() -> startKafka(options, data, started));
      String redis = options.redis().orElseGet(() -> startRedis(options, data, started));
      return new Servers(kafka, redis, started);
    } catch (RuntimeException e) {
      closeAll(started, e);
      throw e;
    }
  }

  private static String startKafka(
      StandaloneOptions options, Path data, Deque<AutoCloseable> started) {
    EmbeddedKafka kafka =
        EmbeddedKafka.start(KafkaOptions.in(data.resolve("kafka")).withPort(options.kafkaPort()));
    started.push(kafka);
    return kafka.bootstrapServers();
  }

  private static String startRedis(
      StandaloneOptions options, Path data, Deque<AutoCloseable> started) {
    EmbeddedRedis redis =
        EmbeddedRedis.start(RedisOptions.in(data.resolve("redis")).withPort(options.redisPort()));
    started.push(redis);
    return redis.url();
  }

  String kafka() {
    return kafka;
  }

  String redis() {
    return redis;
  }

  /** Stops what was started here, Redis before Kafka. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    RuntimeException failure = new IllegalStateException("A server did not stop");
    closeAll(started, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeAll(Deque<AutoCloseable> started, Exception collector) {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        collector.addSuppressed(e);
      }
    }
  }
}
