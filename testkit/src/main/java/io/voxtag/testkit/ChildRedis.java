package io.voxtag.testkit;

import io.voxtag.embedded.EmbeddedRedis;
import io.voxtag.embedded.RedisOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An embedded Redis server. */
final class ChildRedis implements TestRedis {

  private final Path folder = Folders.create("redis");
  private final Thread closeWithJvm = new Thread(this::close, "test-redis-end");
  private int port;
  private @Nullable EmbeddedRedis redis;

  ChildRedis() {
    Runtime.getRuntime().addShutdownHook(closeWithJvm);
    start();
  }

  @Override
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public synchronized void start() {
    if (redis != null) {
      throw new IllegalStateException("The test Redis runs already");
    }
    redis = EmbeddedRedis.start(RedisOptions.in(folder).withPort(port));
    port = redis.port();
  }

  @Override
  public synchronized void stop() {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }

  @Override
  public synchronized void kill() {
    if (redis != null) {
      redis.kill();
      redis = null;
    }
  }

  /** {@inheritDoc} Killed: nobody reads its data again. */
  @Override
  public void close() {
    kill();
    Folders.delete(folder);
    Hooks.remove(closeWithJvm);
  }
}
