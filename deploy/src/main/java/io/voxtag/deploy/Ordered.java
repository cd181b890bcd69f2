package io.voxtag.deploy;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of a document, in the order of writing. */
final class Ordered extends LinkedHashMap<String, Object> {

  private static final long serialVersionUID = 1L;

  /** Keys and values in turns. */
  static Map<String, Object> of(Object... keysAndValues) {
    Ordered map = new Ordered();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
