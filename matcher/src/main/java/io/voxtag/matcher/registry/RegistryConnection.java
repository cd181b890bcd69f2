package io.voxtag.matcher.registry;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A pool of connections to the Redis of the registry. Connects when it is first needed: making one
 * succeeds also while Redis is away. Thread-safe.
 */
public final class RegistryConnection implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MS = 1000;
  private static final int ANSWER_TIMEOUT_MS = 2000;
  // Longer than any blocking read that is asked for, so that a dead connection is noticed.
  private static final int BLOCKING_TIMEOUT_MS = 5000;

  private final URI redis;
  private final RegistryKeys keys;
  private final Consumer<Duration> answered;
  private final RedisClient client;

  private RegistryConnection(RedisServer redis, RegistryKeys keys, Consumer<Duration> answered) {
    this.redis = redis.address();
    this.keys = keys;
    this.answered = answered;
    this.client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(redis.address()))
            .clientConfig(
                redis
                    .configure(DefaultJedisClientConfig.builder())
                    .connectionTimeoutMillis(CONNECT_TIMEOUT_MS)
                    .socketTimeoutMillis(ANSWER_TIMEOUT_MS)
                    .blockingSocketTimeoutMillis(BLOCKING_TIMEOUT_MS)
                    .build())
            .build();
  }

  /**
   * Connections to this Redis.
   *
   * @param redis {@code redis://[[user:]password@]host:port[/database]}, or {@code rediss://} for
   *     TLS
   * @throws IllegalArgumentException if the address is of another form
   */
  public static RegistryConnection to(URI redis) {
    return to(RedisServer.at(redis), took -> {});
  }

  /**
   * Connections to this Redis.
   *
   * @param answered told how long Redis took for each answer
   */
  public static RegistryConnection to(RedisServer redis, Consumer<Duration> answered) {
    return new RegistryConnection(redis, RegistryKeys.DEFAULT, answered);
  }

  RegistryKeys keys() {
    return keys;
  }

  /**
   * Asks Redis.
   *
   * @throws RegistryUnavailableException if Redis fails in any way
   */
  <T> T ask(Function<RedisClient, T> question) {
    long start = System.nanoTime();
    T answer = await(question);
    answered.accept(Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }

  /**
   * Asks for what Redis may let wait for, so that the time it takes says nothing.
   *
   * @throws RegistryUnavailableException if Redis fails in any way
   */
  <T> T await(Function<RedisClient, T> question) {
    try {
      return question.apply(client);
    } catch (JedisException e) {
      throw new RegistryUnavailableException(
          "Redis at " + redis.getHost() + ":" + redis.getPort() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
