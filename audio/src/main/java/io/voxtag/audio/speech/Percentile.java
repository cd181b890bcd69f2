package io.voxtag.audio.speech;

/** Order statistics without sorting everything (after Hoare's selection). */
public final class Percentile {

  private Percentile() {}

  /**
   * The value of rank {@code percentile * (length - 1)}, rounded down.
   *
   * @param values at least one, none of them negative or NaN
   * @param percentile 0 to 1
   */
  public static float of(float[] values, double percentile) {
    // Bits of floats that are not negative have the order of the floats.
    int[] keys = new int[values.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Float.floatToRawIntBits(values[i]);
    }
    return Float.intBitsToFloat(select(keys, (int) (percentile * (keys.length - 1))));
  }

  private static int select(int[] keys, int rank) {
    int from = 0;
    int to = keys.length;
    while (true) {
      int pivot = middle(keys[from], keys[(from + to) >>> 1], keys[to - 1]);
      int less = partition(keys, from, to, pivot);
      if (rank < less) {
        to = less;
      } else {
        int more = partition(keys, less, to, pivot + 1);
        if (rank < more) {
          return pivot;
        }
        from = more;
      }
    }
  }

  /**
   * Moves what is below {@code limit} to the front; without branches, as no one could foresee them.
   */
  private static int partition(int[] keys, int from, int to, int limit) {
    int front = from;
    for (int i = from; i < to; i++) {
      int key = keys[i];
      keys[i] = keys[front];
      keys[front] = key;
      front += key - limit >>> 31;
    }
    return front;
  }

  private static int middle(int a, int b, int c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
