package io.voxtag.console.service;

import io.voxtag.console.ConsoleSettings;
import io.voxtag.schemas.settings.SettingChecks;
import java.time.Duration;

/** Refuses settings with which the service cannot work. */
final class SettingsCheck {

  private SettingsCheck() {}

  /**
   * @throws IllegalArgumentException with the name of the key that is wrong
   */
  static void verify(ConsoleSettings settings) {
    require("max-calls", settings.maxCalls(), 1, 10_000);
    require("max-stretches", settings.maxStretches(), 10, 100_000);
    require("max-browsers", settings.maxBrowsers(), 1, 10_000);
    require("keep-ended", settings.keepEnded(), Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static <T extends Comparable<T>> void require(String key, T value, T min, T max) {
    SettingChecks.requireRange("voxtag.console." + key, value, min, max);
  }
}
