package io.voxtag.voiceprint.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of an architecture and refuses names and values that it does not take. */
public final class Arguments {
  private static final int MOST_ELEMENTS = 64;

  private final String architecture;
  private final Map<String, ?> values;

  Arguments(String architecture, Map<String, ?> values, Set<String> known) {
    this.architecture = architecture;
    this.values = values;
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            architecture + " has no argument '" + name + "'; it takes " + known);
      }
    }
  }

  public int integer(String name, int fallback, int min, int max) {
    Object value = values.get(name);
    return value == null ? fallback : whole(name, value, min, max);
  }

  public List<Integer> integers(String name, List<Integer> fallback, int min, int max) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof List<?> list) || list.size() > MOST_ELEMENTS) {
      throw wrong(name, value, "a list of at most " + MOST_ELEMENTS + " whole numbers");
    }
    List<Integer> result = new ArrayList<>();
    for (Object element : list) {
      result.add(whole(name, element, min, max));
    }
    return List.copyOf(result);
  }

  public boolean flag(String name, boolean fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Boolean flag)) {
      throw wrong(name, value, "true or false");
    }
    return flag;
  }

  public String text(String name, String fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof String text)) {
      throw wrong(name, value, "a name");
    }
    return text;
  }

  /** Numbers of any kind. */
  public List<Double> numbers(String name, List<Double> fallback) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof List<?> list)
        || !list.stream().allMatch(element -> element instanceof Number)) {
      throw wrong(name, value, "a list of numbers");
    }
    return list.stream().map(element -> ((Number) element).doubleValue()).toList();
  }

  /** Arguments of something inside; none where it is missing. */
  Map<String, ?> map(String name) {
    Object value = values.get(name);
    return value == null ? Map.of() : named(name, value);
  }

  /** Arguments of several things inside; none where they are missing. */
  List<Map<String, ?>> maps(String name) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw wrong(name, value, "a list of arguments by name");
    }
    List<Map<String, ?>> result = new ArrayList<>();
    for (Object element : list) {
      result.add(named(name, element));
    }
    return result;
  }

  private Map<String, ?> named(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, value, "arguments by name");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, element) -> result.put(String.valueOf(key), element));
    return result;
  }

  private int whole(String name, @Nullable Object value, int min, int max) {
    if (!(value instanceof Number number)
        || number.doubleValue() != number.intValue()
        || number.intValue() < min
        || number.intValue() > max) {
      throw wrong(name, value, "a whole number from " + min + " to " + max);
    }
    return number.intValue();
  }

  private IllegalArgumentException wrong(String name, @Nullable Object value, String right) {
    return new IllegalArgumentException(
        architecture + ": " + name + " is " + value + " but must be " + right);
  }
}
