package io.voxtag.ingest.service;

import io.voxtag.ingest.IngestSettings;
import io.voxtag.schemas.settings.SettingChecks;
import java.time.Duration;

/** Refuses settings with which the service cannot work. */
final class SettingsCheck {

  private static final int MAX_MESSAGE_BYTES = 65_536;

  private SettingsCheck() {}

  /**
   * @throws IllegalArgumentException with the name of the key that is wrong
   */
  static void verify(IngestSettings settings) {
    require(
        "chunk-duration", settings.chunkDuration(), Duration.ofMillis(20), Duration.ofSeconds(1));
    require("idle-timeout", settings.idleTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
    require(
        "delivery-timeout", settings.deliveryTimeout(), Duration.ofSeconds(1), Duration.ofHours(6));
    require("shutdown-timeout", settings.shutdownTimeout(), Duration.ZERO, Duration.ofMinutes(10));
    require(
        "twilio.reorder-wait",
        settings.twilio().reorderWait(),
        Duration.ofMillis(1),
        Duration.ofSeconds(10));
    require("twilio.reorder-window", settings.twilio().reorderWindow(), 1, 1000);
    require("max-streams", settings.maxStreams(), 1, 1_000_000);
    require("max-connects-per-second", settings.maxConnectsPerSecond(), 1, 1_000_000);
    require("max-bytes-per-second", settings.maxBytesPerSecond(), 8_000, 1 << 30);
    require("start-timeout", settings.startTimeout(), Duration.ofSeconds(1), Duration.ofHours(1));
    require("max-message-bytes", settings.maxMessageBytes(), 1024, MAX_MESSAGE_BYTES);
    require(
        "outstanding.connection-bytes",
        settings.outstanding().connectionBytes(),
        (long) MAX_MESSAGE_BYTES,
        1L << 30);
    require(
        "outstanding.total-bytes",
        settings.outstanding().totalBytes(),
        settings.outstanding().connectionBytes(),
        1L << 36);
  }

  private static <T extends Comparable<T>> void require(String key, T value, T min, T max) {
    SettingChecks.requireRange("voxtag.ingest." + key, value, min, max);
  }
}
