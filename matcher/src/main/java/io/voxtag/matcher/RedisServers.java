package io.voxtag.matcher;

import io.voxtag.matcher.registry.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Redis that the settings name. */
final class RedisServers {

  private RedisServers() {}

  /**
   * @throws IllegalArgumentException with the name of the key that is wrong
   */
  static RedisServer of(MatcherSettings settings) {
    MatcherSettings.Redis redis = settings.redis();
    if (redis.password().isPresent() && redis.passwordFile().isPresent()) {
      throw new IllegalArgumentException(
          "voxtag.matcher.redis.password and voxtag.matcher.redis.password-file are both set; one"
              + " is enough");
    }
    return new RedisServer(
        settings.redisUrl(),
        redis.user(),
        redis.password().or(() -> redis.passwordFile().map(RedisServers::read)),
        redis.trust());
  }

  private static String read(Path file) {
    try {
      // Editors and shells end a file with a line feed that is no part of the password.
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "voxtag.matcher.redis.password-file names %s, which cannot be read".formatted(file), e);
    }
  }
}
