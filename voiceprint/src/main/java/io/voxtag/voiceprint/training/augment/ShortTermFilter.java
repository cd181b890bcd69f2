package io.voxtag.voiceprint.training.augment;

/**
 * Linear prediction of order 8 as a lattice, with the log-area ratios and their bits of ETSI EN 300
 * 961. Keeps its state between frames; one instance a direction.
 */
final class ShortTermFilter {
  private static final int ORDER = 8;

  /** Steps a unit, offset and largest code of each log-area ratio. */
  private static final double[] STEPS = {20, 20, 20, 20, 13.637, 15, 8.334, 8.824};

  private static final double[] OFFSET = {0, 0, 4, -5, 0.184, -3.5, -0.666, -2.235};
  private static final int[] CODES = {32, 32, 16, 16, 8, 8, 4, 4};

  private final double[] memory = new double[ORDER + 1];

  /** Reflection coefficients of a frame (Schur's recursion). */
  static double[] reflection(float[] frame) {
    double[] p = new double[ORDER + 1];
    for (int lag = 0; lag <= ORDER; lag++) {
      for (int i = lag; i < frame.length; i++) {
        p[lag] += (double) frame[i] * frame[i - lag];
      }
    }
    double[] k = p.clone();
    double[] reflection = new double[ORDER];
    for (int n = 0; n < ORDER; n++) {
      if (p[0] <= 0 || Math.abs(p[1]) >= p[0]) {
        break;
      }
      double r = -p[1] / p[0];
      reflection[n] = r;
      p[0] += p[1] * r;
      for (int m = 1; m < ORDER - n; m++) {
        double next = p[m + 1] + k[m] * r;
        k[m] += p[m + 1] * r;
        p[m] = next;
      }
    }
    return reflection;
  }

  /** What the coefficients are after coding. */
  static double[] quantised(double[] reflection) {
    double[] result = new double[ORDER];
    for (int n = 0; n < ORDER; n++) {
      double code = Math.rint(STEPS[n] * logArea(reflection[n]) + OFFSET[n]);
      code = Math.max(-CODES[n], Math.min(CODES[n] - 1, code));
      result[n] = fromLogArea((code - OFFSET[n]) / STEPS[n]);
    }
    return result;
  }

  /** The standard's approximation of the log-area ratio by three straight lines. */
  private static double logArea(double reflection) {
    double r = Math.abs(reflection);
    double area = r < 0.675 ? r : r < 0.95 ? 2 * r - 0.675 : 8 * r - 6.375;
    return Math.copySign(area, reflection);
  }

  private static double fromLogArea(double area) {
    double a = Math.min(1.6, Math.abs(area));
    double r = a < 0.675 ? a : a < 1.225 ? 0.5 * a + 0.3375 : 0.125 * a + 0.796875;
    return Math.copySign(r, area);
  }

  /** Takes the prediction out of the samples, in place. */
  void whiten(float[] samples, double[] reflection) {
    for (int i = 0; i < samples.length; i++) {
      double forward = samples[i];
      double backward = forward;
      for (int n = 0; n < ORDER; n++) {
        double before = memory[n];
        memory[n] = backward;
        backward = before + reflection[n] * forward;
        forward += reflection[n] * before;
      }
      samples[i] = (float) forward;
    }
  }

  /** Puts the prediction back, in place. */
  void restore(float[] samples, double[] reflection) {
    for (int i = 0; i < samples.length; i++) {
      double forward = samples[i];
      for (int n = ORDER - 1; n >= 0; n--) {
        forward -= reflection[n] * memory[n];
        memory[n + 1] = memory[n] + reflection[n] * forward;
      }
      memory[0] = forward;
      samples[i] = (float) forward;
    }
  }
}
