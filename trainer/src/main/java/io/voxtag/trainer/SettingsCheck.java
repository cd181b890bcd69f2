package io.voxtag.trainer;

import io.voxtag.trainer.config.TrainerSettings;

/** Settings are wrong at the start or not at all. */
final class SettingsCheck {

  private SettingsCheck() {}

  /**
   * @throws IllegalArgumentException with the key that is wrong and what would be right
   */
  static void verify(TrainerSettings settings) {
    require(settings.minSpeakers() >= 2, "min-speakers", settings.minSpeakers(), "at least 2");
    require(
        settings.heldOut() >= 0 && settings.heldOut() < 1,
        "held-out",
        settings.heldOut(),
        "from 0 and below 1");
    require(
        settings.falseAlarms() > 0 && settings.falseAlarms() < 1,
        "false-alarms",
        settings.falseAlarms(),
        "above 0 and below 1");
    require(
        settings.judge().replicates() >= 1,
        "judge.replicates",
        settings.judge().replicates(),
        "at least 1");
    require(
        settings.judge().confidence() > 0 && settings.judge().confidence() < 1,
        "judge.confidence",
        settings.judge().confidence(),
        "above 0 and below 1");
    require(
        settings.judge().durations().stream().allMatch(seconds -> seconds > 0),
        "judge.durations",
        settings.judge().durations(),
        "above 0 s");
    require(!settings.devices().isEmpty(), "devices", settings.devices(), "one at least");
  }

  private static void require(boolean right, String key, Object value, String range) {
    if (!right) {
      throw new IllegalArgumentException(
          "voxtag.trainer.%s is %s, must be %s".formatted(key, value, range));
    }
  }
}
