package io.voxtag.audio.flac;

import org.jspecify.annotations.Nullable;

/**
 * Quantised linear prediction by the autocorrelation method and the Levinson-Durbin recursion.
 *
 * @param coefficients nearest sample first, {@link #PRECISION} bits each
 * @param shift right shift of the sum of products
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearPrediction(int[] coefficients, int shift) {

  /** Bits of a coefficient, sign included. */
  static final int PRECISION = 14;

  private static final int MAX_SHIFT = 15;

  /** The predictor of {@code order} for {@code x[0..size)}, or null where the signal has none. */
  static @Nullable LinearPrediction of(int[] x, int size, int order) {
    double[] correlation = autocorrelation(x, size, order);
    if (correlation[0] == 0) {
      return null;
    }
    double[] a = levinson(correlation, order);
    double largest = 0;
    for (double value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    int shift = Math.min(MAX_SHIFT, PRECISION - 2 - Math.getExponent(largest));
    if (shift < 0) {
      return null;
    }
    int limit = (1 << (PRECISION - 1)) - 1;
    int[] quantised = new int[order];
    double carried = 0;
    for (int i = 0; i < order; i++) {
      double exact = a[i] * (1 << shift) + carried;
      quantised[i] = (int) Math.max(-limit, Math.min(limit, Math.rint(exact)));
      carried = exact - quantised[i];
    }
    return new LinearPrediction(quantised, shift);
  }

  private static double[] autocorrelation(int[] x, int size, int order) {
    double[] windowed = new double[size];
    for (int i = 0; i < size; i++) {
      double edge = (i - (size - 1) / 2.0) / ((size + 1) / 2.0);
      windowed[i] = x[i] * (1 - edge * edge);
    }
    double[] correlation = new double[order + 1];
    for (int lag = 0; lag <= order; lag++) {
      double sum = 0;
      for (int i = lag; i < size; i++) {
        sum += windowed[i] * windowed[i - lag];
      }
      correlation[lag] = sum;
    }
    return correlation;
  }

  private static double[] levinson(double[] correlation, int order) {
    double[] a = new double[order];
    double error = correlation[0] * (1 + 1e-9);
    for (int i = 0; i < order && error > 0; i++) {
      double sum = correlation[i + 1];
      for (int j = 0; j < i; j++) {
        sum -= a[j] * correlation[i - j];
      }
      double reflection = sum / error;
      double[] previous = a.clone();
      a[i] = reflection;
      for (int j = 0; j < i; j++) {
        a[j] = previous[j] - reflection * previous[i - 1 - j];
      }
      error *= 1 - reflection * reflection;
    }
    return a;
  }
}
