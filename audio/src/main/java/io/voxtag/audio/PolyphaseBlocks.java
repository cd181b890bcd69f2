package io.voxtag.audio;

import java.util.Arrays;

/**
 * Many outputs of a polyphase filter at once. Outputs of one phase lie evenly spaced in the input;
 * with the input dealt out to as many rows as that spacing, each tap is one multiplication of a row
 * by a number, which the compiler turns into vector instructions. The sums are added up in the
 * order of {@link PolyphaseFilter#apply}, and equal them to the last bit.
 */
final class PolyphaseBlocks {

  /** Outputs whose sums stay in the nearest cache together. */
  private static final int BLOCK = 512;

  private static final int SUMS = 8;

  private final float[][] phases;
  private final int up;
  private final int down;
  private final float[][] sums = new float[SUMS][BLOCK];
  private final float[] inputs = new float[BLOCK];

  /**
   * @param phases taps of each phase, a multiple of 8
   */
  PolyphaseBlocks(float[][] phases, int up, int down) {
    this.phases = phases;
    this.up = up;
    this.down = down;
  }

  /** Fills {@code out}, whose first input is {@code x[from]} in the given phase. */
  void apply(float[] x, int from, int phase, float[] out) {
    float[][] rows = deal(x, from);
    for (int q = 0; q < Math.min(up, out.length); q++) {
      long position = phase + (long) q * down;
      float[] taps = phases[(int) (position % up)];
      int first = (int) (position / up);
      int outputs = (out.length - q + up - 1) / up;
      for (int start = 0; start < outputs; start += BLOCK) {
        int count = Math.min(BLOCK, outputs - start);
        addTaps(taps, rows, first, start, count);
        for (int i = 0; i < count; i++) {
          out[q + (start + i) * up] = total(i);
        }
      }
    }
  }

  private float[][] deal(float[] x, int from) {
    float[][] rows = new float[down][(x.length - from + down - 1) / down];
    for (int r = 0; r < down; r++) {
      float[] row = rows[r];
      for (int i = 0, at = from + r; at < x.length; i++, at += down) {
        row[i] = x[at];
      }
    }
    return rows;
  }

  private void addTaps(float[] taps, float[][] rows, int first, int start, int count) {
    for (float[] sum : sums) {
      Arrays.fill(sum, 0, count, 0f);
    }
    for (int k = 0; k < taps.length; k++) {
      int at = first + k;
      // Only loops in which all arrays have the same index become vector instructions.
      System.arraycopy(rows[at % down], at / down + start, inputs, 0, count);
      add(sums[k % SUMS], inputs, taps[k], count);
    }
  }

  private static void add(float[] sum, float[] inputs, float tap, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += tap * inputs[i];
    }
  }

  private float total(int i) {
    return ((sums[0][i] + sums[1][i]) + (sums[2][i] + sums[3][i]))
        + ((sums[4][i] + sums[5][i]) + (sums[6][i] + sums[7][i]));
  }
}
