package io.voxtag.voiceprint.training.augment;

/** A linear-phase band-pass: a windowed sinc (Hamming), without delay. */
final class BandPass {
  private static final int TAPS = 101;

  private final SparseFilter filter;

  /** Corners, where the response is 6 dB down, as shares of the sample rate. */
  BandPass(double low, double high) {
    int[] delays = new int[TAPS];
    float[] taps = new float[TAPS];
    int middle = TAPS / 2;
    for (int i = 0; i < TAPS; i++) {
      int n = i - middle;
      double ideal =
          n == 0
              ? 2 * (high - low)
              : (Math.sin(2 * Math.PI * high * n) - Math.sin(2 * Math.PI * low * n))
                  / (Math.PI * n);
      double hamming = 0.54 + 0.46 * Math.cos(Math.PI * n / middle);
      delays[i] = n;
      taps[i] = (float) (ideal * hamming);
    }
    filter = new SparseFilter(delays, taps);
  }

  /** A filtered copy, as long. */
  float[] apply(float[] audio) {
    float[] result = new float[audio.length];
    filter.add(audio, result);
    return result;
  }
}
