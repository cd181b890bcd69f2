package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/**
 * A random frequency response, as microphones and handsets have: three peaking filters
 * (Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients").
 */
final class Equalizer {
  private static final int BANDS = 3;
  private static final double LOWEST_HZ = 120;
  private static final double HIGHEST_HZ = 6000;

  private Equalizer() {}

  static void apply(float[] audio, int sampleRate, double maxGainDb, SplittableRandom random) {
    double highest = Math.min(HIGHEST_HZ, 0.45 * sampleRate);
    for (int band = 0; band < BANDS; band++) {
      double centre = LOWEST_HZ * Math.pow(highest / LOWEST_HZ, random.nextDouble());
      double gainDb = maxGainDb * (2 * random.nextDouble() - 1);
      double quality = 0.4 + 1.2 * random.nextDouble();
      peak(audio, 2 * Math.PI * centre / sampleRate, gainDb, quality);
    }
  }

  private static void peak(float[] audio, double omega, double gainDb, double quality) {
    double a = Math.pow(10, gainDb / 40);
    double alpha = Math.sin(omega) / (2 * quality);
    double a0 = 1 + alpha / a;
    double b0 = (1 + alpha * a) / a0;
    double b1 = -2 * Math.cos(omega) / a0;
    double b2 = (1 - alpha * a) / a0;
    double a2 = (1 - alpha / a) / a0;
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (int i = 0; i < audio.length; i++) {
      double x = audio[i];
      double y = b0 * x + b1 * x1 + b2 * x2 - b1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      audio[i] = (float) y;
    }
  }
}
