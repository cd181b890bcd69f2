package io.voxtag.voiceprint.training.augment;

/**
 * A filter of second order (Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
 * coefficients").
 */
record Biquad(double b0, double b1, double b2, double a1, double a2) {

  /**
   * A boost or cut around a frequency.
   *
   * @param quality centre frequency over bandwidth
   */
  static Biquad peak(double hz, double gainDb, double quality, int sampleRate) {
    double omega = 2 * Math.PI * hz / sampleRate;
    double a = Math.pow(10, gainDb / 40);
    double alpha = Math.sin(omega) / (2 * quality);
    double a0 = 1 + alpha / a;
    double b1 = -2 * Math.cos(omega) / a0;
    return new Biquad((1 + alpha * a) / a0, b1, (1 - alpha * a) / a0, b1, (1 - alpha / a) / a0);
  }

  /** A high-pass that falls by 12 dB an octave. */
  static Biquad highPass(double hz, double quality, int sampleRate) {
    double omega = 2 * Math.PI * hz / sampleRate;
    double alpha = Math.sin(omega) / (2 * quality);
    double a0 = 1 + alpha;
    double b0 = (1 + Math.cos(omega)) / 2 / a0;
    return new Biquad(b0, -2 * b0, b0, -2 * Math.cos(omega) / a0, (1 - alpha) / a0);
  }

  /** Filters in place. */
  void apply(float[] audio) {
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (int i = 0; i < audio.length; i++) {
      double x = audio[i];
      double y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      audio[i] = (float) y;
    }
  }
}
