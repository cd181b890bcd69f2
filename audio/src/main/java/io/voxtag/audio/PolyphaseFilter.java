package io.voxtag.audio;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The phases of a Kaiser-windowed sinc for one ratio of rates. Ratios with many phases interpolate
 * linearly between {@link #MAX_PHASES} stored ones, whose error lies below -110 dB. Immutable; the
 * last few ratios are shared by all streams.
 */
final class PolyphaseFilter {

  static final int MAX_PHASES = 1024;

  private static final double STOP_BAND_DB = 105;
  private static final double PASS_BAND = 0.92;
  private static final int MAX_CACHED = 16;

  /** Outputs of each phase from which on it pays to compute them together. */
  private static final int MIN_OUTPUTS = 64;

  private static final Map<Long, PolyphaseFilter> CACHE =
      new LinkedHashMap<>(MAX_CACHED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, PolyphaseFilter> eldest) {
          return size() > MAX_CACHED;
        }
      };

  private final int up;
  private final int down;
  private final int taps;
  private final boolean exact;
  private final float[][] phases;

  private PolyphaseFilter(int up, int down) {
    this.up = up;
    this.down = down;
    // Frequencies are relative to the input rate; the stop-band begins at the lower Nyquist one.
    double stop = 0.5 * Math.min(1.0, (double) up / down);
    double width = (1 - PASS_BAND) * stop;
    double length = (STOP_BAND_DB - 7.95) / (2.285 * 2 * Math.PI * width);
    this.taps = (int) Math.ceil(length / 8) * 8;
    this.exact = up <= MAX_PHASES;
    int stored = exact ? up : MAX_PHASES + 1;
    int divisions = exact ? up : MAX_PHASES;
    this.phases = new float[stored][];
    for (int p = 0; p < stored; p++) {
      phases[p] = phase((double) p / divisions, stop - width / 2, taps);
    }
  }

  static PolyphaseFilter of(int from, int to) {
    int divisor = gcd(from, to);
    int up = to / divisor;
    int down = from / divisor;
    synchronized (CACHE) {
      return CACHE.computeIfAbsent((long) up << 32 | down, key -> new PolyphaseFilter(up, down));
    }
  }

  int up() {
    return up;
  }

  int down() {
    return down;
  }

  /** Input samples that one output needs; a multiple of 8. */
  int taps() {
    return taps;
  }

  /** How many outputs begin within {@code room} input samples of the next one's start. */
  long outputs(int room, int phase) {
    return room < 0 ? 0 : (((long) room + 1) * up - phase - 1) / down + 1;
  }

  /** The output whose first input is {@code x[from]}. */
  float apply(float[] x, int from, int phase) {
    if (exact) {
      return dot(x, from, phases[phase]);
    }
    double at = (double) phase * MAX_PHASES / up;
    int below = (int) at;
    float fraction = (float) (at - below);
    float low = dot(x, from, phases[below]);
    return low + fraction * (dot(x, from, phases[below + 1]) - low);
  }

  /** Fills {@code out}, whose first input is {@code x[from]} in the given phase. */
  void apply(float[] x, int from, int phase, float[] out) {
    if (exact && out.length >= MIN_OUTPUTS * up) {
      new PolyphaseBlocks(phases, up, down).apply(x, from, phase, out);
      return;
    }
    int at = from;
    int p = phase;
    for (int i = 0; i < out.length; i++) {
      out[i] = apply(x, at, p);
      p += down;
      at += p / up;
      p %= up;
    }
  }

  /** Eight independent sums: a single one would wait for each addition to finish. */
  private static float dot(float[] x, int from, float[] h) {
    float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0;
    for (int k = 0, j = from; k < h.length; k += 8, j += 8) {
      a += h[k] * x[j];
      b += h[k + 1] * x[j + 1];
      c += h[k + 2] * x[j + 2];
      d += h[k + 3] * x[j + 3];
      e += h[k + 4] * x[j + 4];
      f += h[k + 5] * x[j + 5];
      g += h[k + 6] * x[j + 6];
      i += h[k + 7] * x[j + 7];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + i));
  }

  /** Taps for an output that lies {@code fraction} after tap taps/2 - 1; their sum is 1. */
  private static float[] phase(double fraction, double cutoff, int taps) {
    double beta = 0.1102 * (STOP_BAND_DB - 8.7);
    double half = taps / 2.0;
    double[] h = new double[taps];
    double sum = 0;
    for (int k = 0; k < taps; k++) {
      double t = k - (half - 1) - fraction;
      double edge = t / half;
      double window = Math.abs(edge) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - edge * edge));
      double angle = 2 * Math.PI * cutoff * t;
      h[k] = window * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
      sum += h[k];
    }
    float[] scaled = new float[taps];
    for (int k = 0; k < taps; k++) {
      scaled[k] = (float) (h[k] / sum);
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

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
