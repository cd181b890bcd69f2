package io.voxtag.trainer.dataset;

import io.voxtag.schemas.settings.SettingChecks;
import java.time.Duration;

/** Refuses settings that no store can be kept with. */
final class SettingsCheck {

  private static final long LEAST_CLIP_BYTES = 1024;

  private SettingsCheck() {}

  /**
   * @throws IllegalArgumentException with the name of the key that is wrong
   */
  static void verify(DatasetSettings settings) {
    require("max-clip-bytes", settings.maxClipBytes(), LEAST_CLIP_BYTES, (long) Integer.MAX_VALUE);
    require("max-bytes", settings.maxBytes(), settings.maxClipBytes(), Long.MAX_VALUE);
    require("min-length", settings.minLength(), Duration.ofMillis(1), ClipCheck.MAX_LENGTH);
    require("min-net-speech", settings.minNetSpeech(), Duration.ZERO, ClipCheck.MAX_LENGTH);
    require(
        "retry-interval", settings.retryInterval(), Duration.ofMillis(10), Duration.ofMinutes(10));
  }

  private static <T extends Comparable<T>> void require(String key, T value, T min, T max) {
    SettingChecks.requireRange("voxtag.trainer.dataset." + key, value, min, max);
  }
}
