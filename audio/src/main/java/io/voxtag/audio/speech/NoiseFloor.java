package io.voxtag.audio.speech;

import java.util.Arrays;

/**
 * The stationary part of a window: for each bin a low percentile, over time, of the spectrum that
 * was smoothed over neighbouring frames and bins (after the minimum statistics of Martin, 2001; a
 * whole window is at hand, so that a percentile does the tracking).
 */
final class NoiseFloor {

  private static final int TIME_RADIUS = 3;
  private static final int BIN_RADIUS = 3;

  /** Smoothed spectra of neighbouring frames are alike: every other one is enough. */
  private static final int STEP = 2;

  /** Mean of smoothed noise over its percentile, found with white noise. */
  private static final float BIAS = 1.6f;

  private NoiseFloor() {}

  /**
   * @param power [bins, frames]
   * @param percentile 0 to 1
   * @param least smallest noise power of a bin
   * @return noise power of each bin
   */
  static float[] of(float[][] power, double percentile, float least) {
    float[][] smooth = new float[power.length][];
    for (int b = 0; b < smooth.length; b++) {
      smooth[b] = smoothTime(power[b]);
    }
    float[] floor = new float[power.length];
    float[] overTime = new float[smooth[0].length];
    for (int b = 0; b < floor.length; b++) {
      int from = Math.max(0, b - BIN_RADIUS);
      int to = Math.min(power.length - 1, b + BIN_RADIUS);
      Arrays.fill(overTime, 0);
      for (int j = from; j <= to; j++) {
        add(smooth[j], overTime);
      }
      float low = Percentile.of(overTime, percentile) / (to - from + 1);
      floor[b] = Math.max(least, BIAS * low);
    }
    return floor;
  }

  private static void add(float[] x, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += x[k];
    }
  }

  private static float[] smoothTime(float[] x) {
    float[] pairs = new float[x.length / 2 + 1];
    for (int m = 0; m < x.length / 2; m++) {
      pairs[m] = x[2 * m] + x[2 * m + 1];
    }
    float[] smooth = new float[(x.length + STEP - 1) / STEP];
    for (int m = 0; m < smooth.length; m++) {
      int k = m * STEP;
      if (k >= TIME_RADIUS && k + TIME_RADIUS < x.length) {
        smooth[m] = (x[k - 3] + pairs[m - 1] + pairs[m] + pairs[m + 1]) / (2 * TIME_RADIUS + 1);
      } else {
        smooth[m] = mean(x, Math.max(0, k - TIME_RADIUS), Math.min(x.length - 1, k + TIME_RADIUS));
      }
    }
    return smooth;
  }

  private static float mean(float[] x, int from, int to) {
    float sum = 0;
    for (int k = from; k <= to; k++) {
      sum += x[k];
    }
    return sum / (to - from + 1);
  }
}
