package io.voxtag.voiceprint.bundle;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of a JSON object, each of which must be there, of its type and in its range. */
final class Fields {
  private static final int MAX_TEXT = 10_000;
  private static final int MAX_ENTRIES = 1_000;

  private final ObjectNode object;
  private final String path;
  private final String source;

  Fields(ObjectNode object, String path, String source) {
    this.object = object;
    this.path = path;
    this.source = source;
  }

  Fields child(String name) throws BundleException {
    return new Fields(object(name), path + name + ".", source);
  }

  ObjectNode object(String name) throws BundleException {
    if (object.get(name) instanceof ObjectNode child) {
      return child;
    }
    throw wrong(name, "an object");
  }

  String text(String name) throws BundleException {
    return text(name, object.get(name));
  }

  String text(String name, Pattern pattern, String meaning) throws BundleException {
    String text = text(name);
    if (!pattern.matcher(text).matches()) {
      throw wrong(name, meaning);
    }
    return text;
  }

  long integer(String name, long min, long max) throws BundleException {
    JsonNode node = object.get(name);
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw wrong(name, "an integer from " + min + " to " + max);
    }
    return node.longValue();
  }

  double number(String name) throws BundleException {
    JsonNode node = object.get(name);
    if (node == null || !node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw wrong(name, "a finite number");
    }
    return node.doubleValue();
  }

  Instant instant(String name) throws BundleException {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeParseException e) {
      throw wrong(name, "a time like 2026-01-31T12:00:00Z");
    }
  }

  List<String> texts(String name) throws BundleException {
    JsonNode node = object.get(name);
    if (node == null || !node.isArray() || node.size() > MAX_ENTRIES) {
      throw wrong(name, "a list of at most " + MAX_ENTRIES + " texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      texts.add(text(name, element));
    }
    return texts;
  }

  Map<String, Object> values(String name) throws BundleException {
    return StrictJson.MAPPER.convertValue(
        object(name), new TypeReference<Map<String, Object>>() {});
  }

  /** The names of all fields, of which there must not be too many. */
  List<String> names() throws BundleException {
    if (object.size() > MAX_ENTRIES) {
      throw invalid(path + " has " + object.size() + " entries, at most " + MAX_ENTRIES);
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Refuses a field that nobody would read: a typing error would otherwise be a silent default. */
  void requireOnly(List<String> known) throws BundleException {
    for (String name : names()) {
      if (!known.contains(name)) {
        throw invalid("unknown field '" + path + name + "'; known are " + known);
      }
    }
  }

  BundleException invalid(String detail) {
    return new BundleException(Reason.INVALID, source, detail);
  }

  private String text(String name, JsonNode node) throws BundleException {
    if (node == null
        || !node.isTextual()
        || node.textValue().isBlank()
        || node.textValue().length() > MAX_TEXT) {
      throw wrong(name, "a text of 1 to " + MAX_TEXT + " characters");
    }
    return node.textValue();
  }

  private BundleException wrong(String name, String right) {
    JsonNode node = object.get(name);
    String found = node == null ? "missing" : abbreviated(node.toString());
    return invalid("'" + path + name + "' is " + found + "; it must be " + right);
  }

  private static String abbreviated(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
