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
   * @param power [frames, bins]
   * @param percentile 0 to 1
   * @param least smallest noise power of a bin
   * @return noise power of each bin
   */
  static float[] of(float[][] power, double percentile, float least) {
    int frames = power.length;
    float[] floor = new float[Spectra.BINS];
    float[] overTime = new float[(frames + STEP - 1) / STEP];
    float[][] smooth = new float[frames][];
    for (int k = 0; k < frames; k++) {
      smooth[k] = smoothBins(power[k]);
    }
    for (int b = 0; b < floor.length; b++) {
      for (int k = 0; k < frames; k += STEP) {
        int from = Math.max(0, k - TIME_RADIUS);
        int to = Math.min(frames - 1, k + TIME_RADIUS);
        float sum = 0;
        for (int j = from; j <= to; j++) {
          sum += smooth[j][b];
        }
        overTime[k / STEP] = sum / (to - from + 1);
      }
      Arrays.sort(overTime);
      floor[b] = Math.max(least, BIAS * overTime[(int) (percentile * (overTime.length - 1))]);
    }
    return floor;
  }

  private static float[] smoothBins(float[] power) {
    float[] smooth = new float[power.length];
    for (int b = 0; b < power.length; b++) {
      int from = Math.max(0, b - BIN_RADIUS);
      int to = Math.min(power.length - 1, b + BIN_RADIUS);
      float sum = 0;
      for (int j = from; j <= to; j++) {
        sum += power[j];
      }
      smooth[b] = sum / (to - from + 1);
    }
    return smooth;
  }
}
