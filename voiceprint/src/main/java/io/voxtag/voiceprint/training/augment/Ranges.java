package io.voxtag.voiceprint.training.augment;

import java.util.List;

/** Checks of configured values; what is wrong is named with what would be right. */
final class Ranges {
  private Ranges() {}

  static void probability(String key, double value) {
    within(key, value, 0, 1);
  }

  static void within(String key, double value, double min, double max) {
    check(value >= min && value <= max, key, value, "from " + text(min) + " to " + text(max));
  }

  static void ordered(String section, String what, double min, double max) {
    check(
        min <= max,
        section + ".min_" + what,
        text(min),
        "at most " + section + ".max_" + what + ", which is " + text(max));
  }

  /** Two numbers, the second one not below the first. */
  static List<Integer> pair(String key, List<Integer> values) {
    boolean right = values.size() == 2 && values.get(0) >= 0 && values.get(0) <= values.get(1);
    check(right, key, values, "two numbers [least, most]");
    return List.copyOf(values);
  }

  static void check(boolean right, String key, Object value, String rule) {
    if (!right) {
      throw new IllegalArgumentException(key + " is " + value + " but must be " + rule);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
