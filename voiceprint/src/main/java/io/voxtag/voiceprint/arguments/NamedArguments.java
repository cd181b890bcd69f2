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
 * null counts as missing; what a part takes where a value is missing may lie outside of the range.
 * Every method throws {@link IllegalArgumentException} with the part, the key, its value and what
 * would be right. Belongs to one thread.
 */
public final class NamedArguments {
  private static final int MOST_ELEMENTS = 64;

  private final String owner;
  private final Map<String, Object> values;
  private final Set<String> known;

  /**
   * Takes arguments of a part that knows all their names.
   *
   * @param owner the part, as messages call it
   * @param known the names that it takes
   * @throws IllegalArgumentException if there is another name
   */
  public NamedArguments(String owner, Map<String, ?> values, Set<String> known) {
    this(owner, values);
    this.known.addAll(known);
    refuseOthers();
  }

  /**
   * Takes arguments of a part that takes the names that it reads: {@link #refuseOthers} is to be
   * called when it has read all.
   *
   * @param owner the part, as messages call it
   */
  public NamedArguments(String owner, Map<String, ?> values) {
    this.owner = owner;
    this.values = new LinkedHashMap<>(values);
    known = new TreeSet<>();
  }

  /** Refuses names that the part has neither known nor read. */
  public void refuseOthers() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            owner + " has no argument '" + name + "'; it takes " + known);
      }
    }
  }

  private @Nullable Object value(String name) {
    known.add(name);
    return values.get(name);
  }

  /** Whether there is a value for a name. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** Whether a name is there, but with no value. */
  public boolean isEmpty(String name) {
    return value(name) == null && values.containsKey(name);
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
    Object value = value(name);
    return value == null ? fallback : whole(name, value, min, max);
  }

  /** Whole numbers from {@code min} to {@code max}. */
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

  /** Whole numbers of at least {@code min}, each larger than the one before; none where missing. */
  public List<Long> rising(String name, long min) {
    Object value = value(name);
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

  /** A number from {@code min} to {@code max}. */
  public double number(String name, double fallback, double min, double max) {
    Object value = value(name);
    if (value == null) {
      return fallback;
    }
    if (!(value instanceof Number number)) {
      throw wrong(name, value, "a number");
    }
    double result = number.doubleValue();
    if (!(result >= min && result <= max)) {
      throw wrong(name, value, "from " + plain(min) + " to " + plain(max));
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

  /** One of several words, among which may be {@code true} and {@code false}. */
  public String choice(String name, String fallback, Set<String> choices) {
    Object value = value(name);
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
    Object value = value(name);
    return value == null ? Map.of() : named(name, value);
  }

  /** The nested arguments of several things under a name, empty where there are none. */
  public List<Map<String, ?>> severalNested(String name) {
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

  /** What to throw where a value is wrong for a reason that only the part knows. */
  public IllegalArgumentException wrong(String name, @Nullable Object value, String right) {
    return new IllegalArgumentException(
        owner + ": " + name + " is " + value + " but must be " + right);
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
      throw wrong(
          name,
          value,
          max == Integer.MAX_VALUE
              ? "a whole number of at least " + min
              : "a whole number from " + min + " to " + max);
    }
    return number.intValue();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
