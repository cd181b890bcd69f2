package io.voxtag.testkit.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.voxtag.testkit.SharedServers;
import io.voxtag.testkit.TestRedis;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application under test a Redis server ({@code voxtag.redis.url}); the shared one, or
 * with the argument {@code own=true} one that the test may stop, which then fills fields of type
 * {@link TestRedis}.
 */
public final class RedisTestResource implements QuarkusTestResourceLifecycleManager {

  private boolean own;
  private @Nullable TestRedis redis;

  @Override
  public void init(Map<String, String> arguments) {
    own = Boolean.parseBoolean(arguments.getOrDefault("own", "false"));
  }

  @Override
  public Map<String, String> start() {
    if (!own) {
      return Map.of("voxtag.redis.url", SharedServers.redis());
    }
    redis = TestRedis.create();
    return Map.of("voxtag.redis.url", redis.url());
  }

  @Override
  public void inject(TestInjector injector) {
    if (redis != null) {
      injector.injectIntoFields(redis, new TestInjector.MatchesType(TestRedis.class));
    }
  }

  @Override
  public void stop() {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }
}
