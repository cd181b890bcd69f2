package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/**
 * A simulated room: a sparse ("velvet") noise that decays exponentially (Karjalainen,
 * Jaervelaeinen: "Reverberation modeling using velvet noise", 2007). Sparse taps make it cheap in
 * the time domain.
 */
final class Room {
  private static final int TAPS_PER_SECOND = 700;
  private static final double MIN_DIRECT_TO_REVERBERANT_DB = -2;
  private static final double MAX_DIRECT_TO_REVERBERANT_DB = 12;

  private Room() {}

  static float[] reverberate(float[] dry, int sampleRate, double rt60, SplittableRandom random) {
    int spacing = sampleRate / TAPS_PER_SECOND;
    int taps = Math.max(1, (int) (rt60 * TAPS_PER_SECOND));
    int[] delay = new int[taps];
    float[] gain = new float[taps];
    double energy = 0;
    for (int tap = 0; tap < taps; tap++) {
      delay[tap] = 1 + tap * spacing + random.nextInt(spacing);
      double decay = Math.pow(10, -3.0 * delay[tap] / (rt60 * sampleRate));
      gain[tap] = (float) (random.nextBoolean() ? decay : -decay);
      energy += decay * decay;
    }
    double ratioDb =
        MIN_DIRECT_TO_REVERBERANT_DB
            + (MAX_DIRECT_TO_REVERBERANT_DB - MIN_DIRECT_TO_REVERBERANT_DB) * random.nextDouble();
    float scale = (float) Math.sqrt(Math.pow(10, -ratioDb / 10) / energy);
    for (int tap = 0; tap < taps; tap++) {
      gain[tap] *= scale;
    }
    float[] wet = dry.clone();
    new SparseFilter(delay, gain).add(dry, wet);
    return wet;
  }
}
