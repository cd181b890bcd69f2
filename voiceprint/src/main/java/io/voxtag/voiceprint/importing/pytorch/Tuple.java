package io.voxtag.voiceprint.importing.pytorch;

import java.util.List;

/** A tuple of a pickle. Its elements may contain itself, so it is never printed or hashed. */
record Tuple(List<Object> elements) {
  int size() {
    return elements.size();
  }

  Object get(int index) {
    return elements.get(index);
  }
}
