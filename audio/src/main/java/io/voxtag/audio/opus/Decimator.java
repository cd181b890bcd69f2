package io.voxtag.audio.opus;

import java.util.Arrays;

/**
 * Brings a stream of 48 kHz down by a whole factor: a linear-phase windowed sinc (Kaiser, stop-band
 * below -80 dB), whose last samples are kept from packet to packet. The result lags by {@link
 * #DELAY} of its own samples. Not thread-safe.
 */
final class Decimator {

  /** Samples of the output that it lags behind: 0.5 ms at 16 kHz. */
  static final int DELAY = 8;

  private static final double KAISER_BETA = 8;
  // Where the response is down to a half, as a share of the new Nyquist frequency.
  private static final double CUTOFF = 0.86;

  private final int factor;
  private final float[] taps;
  private final float[] line;

  /**
   * @param factor 2 or more
   * @param most samples of an input block at most
   */
  Decimator(int factor, int most) {
    this.factor = factor;
    this.taps = taps(factor);
    this.line = new float[taps.length - 1 + most];
  }

  private static float[] taps(int factor) {
    int half = DELAY * factor;
    double[] exact = new double[2 * half + 1];
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      double x = i - half;
      double angle = Math.PI * CUTOFF * x / factor;
      double sinc = x == 0 ? 1 : Math.sin(angle) / angle;
      double edge = x / (half + 1);
      exact[i] = sinc * bessel(KAISER_BETA * Math.sqrt(1 - edge * edge));
      sum += exact[i];
    }
    float[] taps = new float[exact.length];
    for (int i = 0; i < taps.length; i++) {
      taps[i] = (float) (exact[i] / sum);
    }
    return taps;
  }

  /** The modified Bessel function of order 0, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-12 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  /**
   * Takes a block and writes what comes of it.
   *
   * @param stride from one sample of the channel to the next
   * @param count samples of the block, a multiple of the factor
   */
  void run(short[] input, int offset, int stride, int count, float[] output) {
    int history = taps.length - 1;
    for (int i = 0; i < count; i++) {
      line[history + i] = input[offset + i * stride] / 32768f;
    }
    for (int out = 0; out < count / factor; out++) {
      // The newest sample that counts is the last of its group, so that nothing is waited for.
      int start = out * factor + factor - 1;
      double sum = 0;
      for (int k = 0; k < taps.length; k++) {
        sum += (double) taps[k] * line[start + k];
      }
      output[out] = (float) sum;
    }
    System.arraycopy(line, count, line, 0, history);
  }

  /** Forgets what came before. */
  void reset() {
    Arrays.fill(line, 0);
  }
}
