package io.voxtag.audio.speech;

/**
 * Halves the sample rate for {@link Spectra}: a half-band filter (Kaiser-windowed sinc), every
 * other tap of which is 0. It passes up to 0.89 of the new Nyquist frequency, and what it folds
 * back, more than 70 dB down or above that, lies outside the bins that are looked at. It has no
 * delay: output <i>n</i> lies at the time of input 2<i>n</i>.
 */
final class HalfBand {

  private static final int TAPS = 20;
  private static final double BETA = 6.8;
  private static final float[] ODD_TAPS = taps();

  /** Outputs that are summed up while they stay in the nearest cache. */
  private static final int BLOCK = 1_024;

  private HalfBand() {}

  /**
   * @param samples taken to be silence before and after
   * @param out gets the outputs from {@code at} on: as many as there is room for and input
   */
  static void decimate(float[] samples, float[] out, int at) {
    int outputs = Math.min(out.length - at, (samples.length + 1) / 2);
    float[] odd = new float[outputs + 2 * TAPS];
    for (int i = 0; i < outputs; i++) {
      out[at + i] = 0.5f * samples[2 * i];
    }
    int odds = Math.min(samples.length / 2, outputs + TAPS);
    for (int i = 0; i < odds; i++) {
      odd[TAPS + i] = samples[2 * i + 1];
    }
    float[] sum = new float[BLOCK];
    float[] before = new float[BLOCK];
    float[] after = new float[BLOCK];
    for (int from = 0; from < outputs; from += BLOCK) {
      int count = Math.min(BLOCK, outputs - from);
      int middle = from + TAPS;
      System.arraycopy(out, at + from, sum, 0, count);
      for (int tap = 0; tap < TAPS; tap++) {
        // Copies cost less than loops over arrays that do not begin together, which stay scalar.
        System.arraycopy(odd, middle - 1 - tap, before, 0, count);
        System.arraycopy(odd, middle + tap, after, 0, count);
        addTap(ODD_TAPS[tap], before, after, sum, count);
      }
      System.arraycopy(sum, 0, out, at + from, count);
    }
  }

  private static void addTap(float tap, float[] before, float[] after, float[] sum, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += tap * (before[i] + after[i]);
    }
  }

  /** The taps 1, 3, 5, ... after the middle one, which is 1/2; the filter is symmetric. */
  private static float[] taps() {
    double[] taps = new double[TAPS];
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      int t = 2 * k + 1;
      double edge = t / (2.0 * TAPS);
      double window = bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
      taps[k] = window * (k % 2 == 0 ? 1 : -1) / (Math.PI * t);
      sum += taps[k];
    }
    float[] scaled = new float[TAPS];
    for (int k = 0; k < TAPS; k++) {
      scaled[k] = (float) (taps[k] * 0.25 / sum);
    }
    return scaled;
  }

  /** The modified Bessel function of the first kind and order 0. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
