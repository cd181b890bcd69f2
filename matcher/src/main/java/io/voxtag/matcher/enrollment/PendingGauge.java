package io.voxtag.matcher.enrollment;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many enrolments wait for Redis in this process, over all its tasks. Thread-safe. */
public final class PendingGauge {

  private final Map<Integer, Integer> byPartition = new ConcurrentHashMap<>();

  void set(int partition, int waiting) {
    byPartition.put(partition, waiting);
  }

  /** The sum. */
  public int total() {
    return byPartition.values().stream().mapToInt(Integer::intValue).sum();
  }
}
