package io.voxtag.voiceprint.training.augment;

/**
 * A filter of some taps at any delays, in the time domain.
 *
 * @param delays samples; negative ones look ahead
 * @param gains of the taps
 */
@SuppressWarnings("ArrayRecordComponent") // made and used in one place, never compared
record SparseFilter(int[] delays, float[] gains) {
  /** Samples whose sums stay in the nearest cache while all taps are added to them. */
  private static final int BLOCK = 1024;

  /** Adds the filtered signal to a result of its length. */
  void add(float[] signal, float[] result) {
    float[] sums = new float[BLOCK];
    float[] delayed = new float[BLOCK];
    for (int start = 0; start < signal.length; start += BLOCK) {
      int count = Math.min(BLOCK, signal.length - start);
      System.arraycopy(result, start, sums, 0, count);
      for (int tap = 0; tap < delays.length; tap++) {
        int from = Math.max(0, delays[tap] - start);
        int to = Math.min(count, signal.length + delays[tap] - start);
        if (from < to) {
          // Only loops in which all arrays have the same index become vector instructions.
          System.arraycopy(signal, start + from - delays[tap], delayed, from, to - from);
          add(gains[tap], delayed, sums, from, to);
        }
      }
      System.arraycopy(sums, 0, result, start, count);
    }
  }

  private static void add(float gain, float[] delayed, float[] sums, int from, int to) {
    for (int i = from; i < to; i++) {
      sums[i] += gain * delayed[i];
    }
  }
}
