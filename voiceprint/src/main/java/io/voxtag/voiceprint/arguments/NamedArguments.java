package io.voxtag.voiceprint.arguments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a part and refuses names and values that it does not take. A value that is
 * null counts as missing. Every method throws {@link IllegalArgumentException} with the part, the
 * key, its value and what would be right.
 */
public final class NamedArguments {
  private final String owner;
  private final Map<String, Object> values;

  /**
   * Takes arguments.
   *
   * @param owner the part, as messages call it
   * @param known the names that it takes
   * @throws IllegalArgumentException if there is another name
   */
  public NamedArguments(String owner, Map<String, ?> values, Set<String> known) {
    this.owner = owner;
    this.values = new LinkedHashMap<>(values);
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            owner + " has no argument '" + name + "'; it takes " + new TreeSet<>(known));
      }
    }
  }

  /** Whether there is a value for a name. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** Whether a name is there, but with no value. */
  public boolean isEmpty(String name) {
    return values.containsKey(name) && values.get(name) == null;
  }

  /** Refuses to go on without a value for each of the names. */
  public void require(String... names) {
    for (String name : names) {
      if (!has(name)) {
        throw new IllegalArgumentException(owner + ": " + name + " is missing");
      }
    }
  }

  /** A whole number from {@code min} to {@code max}. */
  public int integer(String name, int fallback, int min, int max) {
    double value = number(name, fallback, min, max);
    if (value != Math.rint(value)) {
      throw wrong(name, value, "a whole number");
    }
    return (int) value;
  }

  /** A number from {@code min} to {@code max}; the fallback may lie outside. */
  public double number(String name, double fallback, double min, double max) {
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

  /** A number above zero and at most {@code max}. */
  public double positive(String name, double fallback, double max) {
    double result = number(name, fallback, 0, max);
    if (result == 0) {
      throw wrong(name, result, "above 0");
    }
    return result;
  }

  /** Whole numbers of at least {@code min}, each larger than the one before; none where missing. */
  public List<Long> rising(String name, long min) {
    Object value = values.get(name);
    if (value == null) {
      return List.of();
    }
    List<Long> result = new ArrayList<>();
    for (Object element : value instanceof List<?> list ? list : List.of(value)) {
      long least = result.isEmpty() ? min : result.get(result.size() - 1) + 1;
      if (!(element instanceof Number number)
          || number.doubleValue() != number.longValue()
          || number.longValue() < least) {
        throw wrong(name, value, "a list of rising whole numbers from " + min);
      }
      result.add(number.longValue());
    }
    return List.copyOf(result);
  }

  /** True or false. */
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

  /** One of several words, among which may be {@code true} and {@code false}. */
  public String choice(String name, String fallback, Set<String> choices) {
    Object value = values.get(name);
    if (value == null) {
      return fallback;
    }
    String text = value.toString();
    if (!(value instanceof String || value instanceof Boolean) || !choices.contains(text)) {
      throw wrong(name, value, "one of " + new TreeSet<>(choices));
    }
    return text;
  }

  /** The nested arguments under a name, empty where there are none. */
  public Map<String, ?> nested(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(name, value, "arguments by name");
    }
    Map<String, Object> result = new LinkedHashMap<>();
    map.forEach((key, element) -> result.put(String.valueOf(key), element));
    return result;
  }

  /** What to throw where a value is wrong for a reason that only the part knows. */
  public IllegalArgumentException wrong(String name, @Nullable Object value, String right) {
    return new IllegalArgumentException(
        owner + ": " + name + " is " + value + " but must be " + right);
  }
}
