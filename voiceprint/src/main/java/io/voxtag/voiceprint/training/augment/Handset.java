package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/**
 * The sending response of a telephone handset, in the shape of the intermediate reference system of
 * ITU-T P.48: it rises from the low frequencies to a resonance between 2 and 3.2 kHz. Handsets
 * differ, so the numbers are drawn.
 */
final class Handset {
  private Handset() {}

  /** Filters in place. */
  static void apply(float[] audio, int sampleRate, SplittableRandom random) {
    double edge = Draw.uniform(random, 150, 450);
    Biquad.highPass(edge, Draw.uniform(random, 0.5, 0.9), sampleRate).apply(audio);
    double resonance = Draw.uniform(random, 2_000, 3_200);
    double gainDb = Draw.uniform(random, 3, 12);
    Biquad.peak(resonance, gainDb, Draw.uniform(random, 0.7, 2), sampleRate).apply(audio);
  }
}
