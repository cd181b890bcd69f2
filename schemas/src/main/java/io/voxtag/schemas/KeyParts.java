package io.voxtag.schemas;

import java.util.ArrayList;
import java.util.List;

/** Keys of several parts: joined by '/', with '%' and '/' inside a part written %25 and %2F. */
final class KeyParts {

  static final int MAX_CHARS = 128;

  private static final int SHOWN_CHARS = 400;

  private KeyParts() {}

  static String requireId(String name, String value) {
    if (value.isEmpty() || value.length() > MAX_CHARS) {
      throw new KeyFormatException(
          name + " has " + value.length() + " characters; it needs 1 to " + MAX_CHARS);
    }
    value
        .codePoints()
        .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)
        .findFirst()
        .ifPresent(
            c -> {
              throw new KeyFormatException(
                  String.format("%s contains U+%04X, which is no printable character", name, c));
            });
    return value;
  }

  static String join(String... parts) {
    List<String> escaped = new ArrayList<>();
    for (String part : parts) {
      escaped.add(part.replace("%", "%25").replace("/", "%2F"));
    }
    return String.join("/", escaped);
  }

  static List<String> split(String key, String form) {
    List<String> parts = new ArrayList<>();
    for (String part : key.split("/", -1)) {
      parts.add(part.replace("%2F", "/").replace("%25", "%"));
    }
    boolean canonical = join(parts.toArray(String[]::new)).equals(key);
    if (!canonical || parts.size() != form.split("/", -1).length) {
      String shown = key.length() > SHOWN_CHARS ? key.substring(0, SHOWN_CHARS) + "..." : key;
      throw new KeyFormatException("Key \"" + shown + "\" is not of the form " + form);
    }
    return parts;
  }
}
