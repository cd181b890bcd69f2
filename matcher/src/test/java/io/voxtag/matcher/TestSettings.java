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

  @Override
  public Redis redis() {
    return new NoCredentials();
  }

  private record NoCredentials() implements Redis {

    @Override
    public Optional<String> user() {
      return Optional.empty();
    }

    @Override
    public Optional<String> password() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> passwordFile() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> trust() {
      return Optional.empty();
    }
  }
}
