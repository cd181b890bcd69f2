package io.voxtag.voiceprint.training.augment;

/** A linear-phase band-pass: a windowed sinc (Hamming), without delay. */
final class BandPass {
  private static final int TAPS = 101;
  private static final int BLOCK = 4096;

  private final float[] taps = new float[TAPS];

  /** Corners, where the response is 6 dB down, as shares of the sample rate. */
  BandPass(double low, double high) {
    int middle = TAPS / 2;
    for (int i = 0; i < TAPS; i++) {
      double n = i - middle;
      double ideal =
          n == 0
              ? 2 * (high - low)
              : (Math.sin(2 * Math.PI * high * n) - Math.sin(2 * Math.PI * low * n))
                  / (Math.PI * n);
      double hamming = 0.54 + 0.46 * Math.cos(Math.PI * n / middle);
      taps[i] = (float) (ideal * hamming);
    }
  }

  /** A filtered copy, as long. */
  float[] apply(float[] audio) {
    float[] result = new float[audio.length];
    for (int start = 0; start < audio.length; start += BLOCK) {
      int end = Math.min(audio.length, start + BLOCK);
      for (int k = 0; k < TAPS; k++) {
        add(audio, result, k - TAPS / 2, taps[k], start, end);
      }
    }
    return result;
  }

  private static void add(
      float[] audio, float[] result, int shift, float weight, int start, int end) {
    int to = Math.min(end, audio.length + shift);
    for (int i = Math.max(start, shift); i < to; i++) {
      result[i] += weight * audio[i - shift];
    }
  }
}
