package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/** What amplifiers of telephones do to levels. Both act in place and keep the power. */
final class Amplifier {
  private static final double ATTACK_SECONDS = 0.005;
  private static final double RELEASE_SECONDS = 0.15;

  private Amplifier() {}

  /**
   * Automatic gain: what lies above a threshold, which itself lies below the mean level, grows more
   * slowly (a feed-forward compressor; Giannoulis et al.: "Digital dynamic range compressor
   * design", 2012).
   */
  static void compress(float[] audio, int sampleRate, SplittableRandom random) {
    double ratio = Draw.uniform(random, 2, 8);
    double belowDb = Draw.uniform(random, 5, 20);
    compress(audio, sampleRate, ratio, belowDb);
  }

  static void compress(float[] audio, int sampleRate, double ratio, double belowDb) {
    double power = Levels.power(audio);
    if (power == 0) {
      return;
    }
    double threshold = Math.sqrt(power) * Math.pow(10, -belowDb / 20);
    double slope = 1 / ratio - 1;
    double attack = Math.exp(-1 / (ATTACK_SECONDS * sampleRate));
    double release = Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    double envelope = 0;
    for (int i = 0; i < audio.length; i++) {
      double level = Math.abs(audio[i]);
      double keep = level > envelope ? attack : release;
      envelope = keep * envelope + (1 - keep) * level;
      if (envelope > threshold) {
        audio[i] *= (float) Math.pow(envelope / threshold, slope);
      }
    }
    restore(audio, power);
  }

  /** Overdrive: peaks are cut off, hard or softly. */
  static void clip(float[] audio, SplittableRandom random) {
    boolean soft = random.nextBoolean();
    clip(audio, Draw.uniform(random, 3, 15), soft);
  }

  /**
   * @param depthDb how far the ceiling lies below the peak
   */
  static void clip(float[] audio, double depthDb, boolean soft) {
    double power = Levels.power(audio);
    float peak = Levels.peak(audio);
    if (power == 0) {
      return;
    }
    float ceiling = (float) (peak * Math.pow(10, -depthDb / 20));
    for (int i = 0; i < audio.length; i++) {
      float driven = audio[i] / ceiling;
      audio[i] = ceiling * (soft ? (float) Math.tanh(driven) : Math.max(-1, Math.min(1, driven)));
    }
    restore(audio, power);
  }

  private static void restore(float[] audio, double power) {
    Levels.scale(audio, (float) Math.sqrt(power / Levels.power(audio)));
  }
}
