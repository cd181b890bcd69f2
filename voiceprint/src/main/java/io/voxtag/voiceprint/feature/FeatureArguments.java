package io.voxtag.voiceprint.feature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a feature method and refuses names and values that it does not take. */
final class FeatureArguments {
  private final String method;
  private final Map<String, ?> values;

  FeatureArguments(String method, Map<String, ?> values, Set<String> known) {
    this.method = method;
    this.values = new LinkedHashMap<>(values);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "feature method " + method + " has no argument '" + name + "'; it takes " + known);
      }
    }
  }

  int integer(String name, int fallback, int min, int max) {
    double value = number(name, fallback, min, max);
    if (value != Math.rint(value)) {
      throw wrong(name, value, "a whole number");
    }
    return (int) value;
  }

  double number(String name, double fallback, double min, double max) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Number number)) {
      throw wrong(name, value, "a number");
    }
    double result = number.doubleValue();
    if (!(result >= min && result <= max)) {
      throw wrong(name, value, "from " + min + " to " + max);
    }
    return result;
  }

  boolean flag(String name, boolean fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Boolean flag)) {
      throw wrong(name, value, "true or false");
    }
    return flag;
  }

  String choice(String name, String fallback, Set<String> choices) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!choices.contains(value)) {
      throw wrong(name, value, "one of " + choices);
    }
    return (String) value;
  }

  /** The nested arguments under a name, empty where there are none. */
  @SuppressWarnings("unchecked")
  Map<String, ?> nested(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, value, "a map of arguments");
    }
    return (Map<String, ?>) map;
  }

  private IllegalArgumentException wrong(String name, @Nullable Object value, String right) {
    return new IllegalArgumentException(
        "feature method " + method + ": " + name + " is " + value + " but must be " + right);
  }
}
