package io.voxtag.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis server for a test class; a static field with {@code RegisterExtension}.
 *
 * <pre>{@code
 * @RegisterExtension static final RedisResource REDIS = RedisResource.shared();
 * }</pre>
 */
public final class RedisResource implements BeforeAllCallback, AfterAllCallback {

  private final boolean shared;
  private @Nullable String url;
  private @Nullable TestRedis redis;

  private RedisResource(boolean shared) {
    this.shared = shared;
  }

  /** The server that all classes of this JVM share: use keys of your own. */
  public static RedisResource shared() {
    return new RedisResource(true);
  }

  /** An empty server for this class alone, which it may stop, kill and start again. */
  public static RedisResource own() {
    return new RedisResource(false);
  }

  /** Where clients connect: {@code redis://host:port}. */
  public String url() {
    return started(url);
  }

  /**
   * The server itself.
   *
   * @throws IllegalStateException for the shared server, which is not a test's to stop
   */
  public TestRedis server() {
    if (shared) {
      throw new IllegalStateException(
          "Other tests use the shared Redis; take RedisResource.own() to stop it");
    }
    return started(redis);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (shared) {
      url = SharedServers.redis();
    } else {
      redis = TestRedis.create();
      url = redis.url();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    url = null;
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Only within the test class, from @BeforeAll on");
    }
    return part;
  }
}
