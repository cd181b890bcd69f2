package io.voxtag.voiceprint.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of an architecture and refuses names and values that it does not take, with
 * an {@link IllegalArgumentException} that names the argument.
 */
public final class Arguments {
  private static final int MOST_ELEMENTS = 64;

  private final String architecture;
  private final Map<String, ?> values;

  private final Set<String> known = new LinkedHashSet<>();

  Arguments(String architecture, Map<String, ?> values) {
    this.architecture = architecture;
    this.values = values;
  }

  /** Refuses arguments that nobody has asked for, to be called when all have been read. */
  void refuseOthers() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            architecture + " has no argument '" + name + "'; it takes " + known);
      }
    }
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return values.get(name);
  }

  /** A whole number from min to max. */
  public int integer(String name, int fallback, int min, int max) {
    Object value = value(name);
    return value == null ? fallback : whole(name, value, min, max);
  }

  /** Whole numbers from min to max. */
  public List<Integer> integers(String name, List<Integer> fallback, int min, int max) {
    Object value = value(name);
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

  /** A list of exactly as many whole numbers as the fallback has. */
  public List<Integer> tuple(String name, List<Integer> fallback, int min, int max) {
    List<Integer> result = integers(name, fallback, min, max);
    if (result.size() != fallback.size()) {
      throw wrong(name, result, "a list of " + fallback.size() + " whole numbers");
    }
    return result;
  }

  /** True or false. */
  public boolean flag(String name, boolean fallback) {
    Object value = value(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Boolean flag)) {
      throw wrong(name, value, "true or false");
    }
    return flag;
  }

  /** A name. */
  public String text(String name, String fallback) {
    Object value = value(name);
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
    Object value = value(name);
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
    Object value = value(name);
    return value == null ? Map.of() : named(name, value);
  }

  /** Arguments of several things inside; none where they are missing. */
  List<Map<String, ?>> maps(String name) {
    Object value = value(name);
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

  /** For a value that is wrong for a reason of the architecture's own. */
  public IllegalArgumentException wrong(String name, @Nullable Object value, String right) {
    return new IllegalArgumentException(
        architecture + ": " + name + " is " + value + " but must be " + right);
  }
}
