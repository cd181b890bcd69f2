package io.voxtag.audio.flac;

/**
 * How to code a residual: partitions of equal length, each with the Rice parameter that costs
 * least.
 *
 * @param bits size of the whole coded residual
 */
record Rice(int partitionOrder, int[] parameters, long bits) {

  private static final int MAX_ORDER = 6;
  private static final int MAX_PARAMETER = 14;

  /** Finds the best coding of {@code residual[order..size)}. */
  static Rice best(int[] residual, int order, int size) {
    Rice best = null;
    for (int p = 0; p <= MAX_ORDER && size % (1 << p) == 0 && size >> p > order; p++) {
      Rice candidate = of(residual, order, size, p);
      if (best == null || candidate.bits < best.bits) {
        best = candidate;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("order %d for %d samples".formatted(order, size));
    }
    return best;
  }

  void write(BitWriter out, int[] residual, int order, int size) {
    out.put(0, 2);
    out.put(partitionOrder, 4);
    int length = size >> partitionOrder;
    for (int p = 0; p < parameters.length; p++) {
      int parameter = parameters[p];
      out.put(parameter, 4);
      for (int i = Math.max(order, p * length); i < (p + 1) * length; i++) {
        int folded = residual[i] << 1 ^ residual[i] >> 31;
        out.unary(folded >>> parameter);
        out.put(folded, parameter);
      }
    }
  }

  private static Rice of(int[] residual, int order, int size, int partitionOrder) {
    int length = size >> partitionOrder;
    int[] parameters = new int[1 << partitionOrder];
    long total = 6;
    for (int p = 0; p < parameters.length; p++) {
      int from = Math.max(order, p * length);
      int to = (p + 1) * length;
      long least = Long.MAX_VALUE;
      for (int k = 0; k <= MAX_PARAMETER; k++) {
        long bits = 4 + (long) (to - from) * (k + 1);
        for (int i = from; i < to; i++) {
          bits += (residual[i] << 1 ^ residual[i] >> 31) >>> k;
        }
        if (bits >= least) {
          break;
        }
        least = bits;
        parameters[p] = k;
      }
      total += least;
    }
    return new Rice(partitionOrder, parameters, total);
  }
}
