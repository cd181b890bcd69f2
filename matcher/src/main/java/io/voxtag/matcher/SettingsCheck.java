package io.voxtag.matcher;

import io.voxtag.schemas.settings.SettingChecks;
import java.time.Duration;

/** Refuses settings with which the matcher cannot work. */
final class SettingsCheck {

  private SettingsCheck() {}

  /**
   * @throws IllegalArgumentException with the name of the key that is wrong
   */
  static void verify(MatcherSettings settings) {
    require("threads", settings.threads(), 1, 1000);
    // Windows of a leg come seconds apart, and legs are looked through once a minute.
    require(
        "leg-time-to-live", settings.legTimeToLive(), Duration.ofMinutes(1), Duration.ofDays(3));
    require(
        "redis-start-timeout", settings.redisStartTimeout(), Duration.ZERO, Duration.ofMinutes(10));
    require(
        "retry-interval", settings.retryInterval(), Duration.ofMillis(10), Duration.ofMinutes(1));
    require("models.grace", settings.models().grace(), Duration.ZERO, Duration.ofDays(30));
  }

  private static <T extends Comparable<T>> void require(String key, T value, T min, T max) {
    SettingChecks.requireRange("voxtag.matcher." + key, value, min, max);
  }
}
