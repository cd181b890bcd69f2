package io.voxtag.matcher;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of a matcher in a test. */
record TestSettings(String applicationId, URI redisUrl, Optional<String> instanceId)
    implements MatcherSettings {

  @Override
  public Path model() {
    return Path.of("not read, the model is given");
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public Duration legTimeToLive() {
    return Duration.ofHours(1);
  }

  @Override
  public Duration redisStartTimeout() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration retryInterval() {
    return Duration.ofMillis(200);
  }

  @Override
  public Models models() {
    return () -> Duration.ofHours(1);
  }

  @Override
  public Shadow shadow() {
    return () -> true;
  }
}
