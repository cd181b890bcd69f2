package io.voxtag.standalone.demo;

import java.util.List;

/** Percentiles by the nearest-rank method. */
final class Percentile {

  private Percentile() {}

  /**
   * The smallest value that at least this share of all values does not exceed.
   *
   * @param sorted ascending; an empty list gives 0
   * @param share above 0, at most 1
   */
  static long of(List<Long> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
