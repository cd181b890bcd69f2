package io.voxtag.voiceprint.training.config;

import org.jspecify.annotations.Nullable;

/** Refuses values, with the key and what would be right. */
final class Check {
  private Check() {}

  static void that(boolean right, String key, @Nullable Object value, String rule) {
    if (!right) {
      throw new IllegalArgumentException(key + " is " + value + " but must be " + rule);
    }
  }

  static void range(String key, double value, double min, double max, String unit) {
    that(
        value >= min && value <= max,
        key,
        value,
        "from " + plain(min) + " to " + plain(max) + unit);
  }

  static void atLeast(String key, double value, double min) {
    that(value >= min, key, value, "at least " + plain(min));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
