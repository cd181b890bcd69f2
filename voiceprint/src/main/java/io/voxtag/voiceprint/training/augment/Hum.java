package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/** Mains hum: 50 or 60 Hz and overtones, which reach into the telephone band. */
final class Hum {
  private static final int OVERTONES = 12;
  private static final double MIN_SNR_DB = 12;
  private static final double MAX_SNR_DB = 35;

  private Hum() {}

  /** Adds hum that lies 12 to 35 dB below the audio. */
  static void add(float[] audio, int sampleRate, SplittableRandom random) {
    int mains = random.nextBoolean() ? 50 : 60;
    double[] gain = new double[OVERTONES];
    double[] phase = new double[OVERTONES];
    for (int k = 0; k < OVERTONES; k++) {
      gain[k] = random.nextDouble() / (k + 1);
      phase[k] = 2 * Math.PI * random.nextDouble();
    }
    // One period of both mains is a tenth of a second.
    float[] period = new float[sampleRate / 10];
    for (int i = 0; i < period.length; i++) {
      double turn = 2 * Math.PI * mains * i / sampleRate;
      for (int k = 0; k < OVERTONES; k++) {
        period[i] += (float) (gain[k] * Math.sin((k + 1) * turn + phase[k]));
      }
    }
    float[] hum = new float[audio.length];
    for (int i = 0; i < hum.length; i++) {
      hum[i] = period[i % period.length];
    }
    Levels.addAtSnr(audio, hum, Draw.uniform(random, MIN_SNR_DB, MAX_SNR_DB));
  }
}
