package io.voxtag.matcher.shadow;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets what was put or used least recently. Belongs to one thread. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  BoundedMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
