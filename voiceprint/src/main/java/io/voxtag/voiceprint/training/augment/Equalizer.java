package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/** A random frequency response, as microphones and handsets have: three peaking filters. */
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
      Biquad.peak(centre, gainDb, quality, sampleRate).apply(audio);
    }
  }
}
