package io.voxtag.voiceprint.training.augment;

import io.voxtag.voiceprint.training.data.AudioCache;
import java.util.SplittableRandom;

/** Speech in a room whose impulse response is known. Level and arrival stay as they were. */
final class Reverberation {
  /** Longest response that is used, s; recordings often end in a long stretch of nothing. */
  private static final int LONGEST_SECONDS = 3;

  private Reverberation() {}

  static float[] apply(float[] dry, float[] response) {
    float[] wet = Convolution.apply(dry, response);
    double power = Levels.power(wet);
    if (power > 0) {
      Levels.scale(wet, (float) Math.sqrt(Levels.power(dry) / power));
    }
    return wet;
  }

  static float[] simulated(float[] dry, double rt60, SplittableRandom random) {
    int rate = AudioCache.SAMPLE_RATE;
    return apply(dry, new ImageRoom(rt60, random).response(rate, random));
  }

  /** A recorded response; what lies before its peak, the direct sound, is left out. */
  static float[] recorded(float[] dry, AudioCache.Clip clip) {
    float[] whole = new float[clip.length()];
    clip.read(0, whole);
    int peak = 0;
    for (int i = 0; i < whole.length; i++) {
      if (Math.abs(whole[i]) > Math.abs(whole[peak])) {
        peak = i;
      }
    }
    int length = Math.min(whole.length - peak, LONGEST_SECONDS * AudioCache.SAMPLE_RATE);
    float[] response = new float[length];
    System.arraycopy(whole, peak, response, 0, length);
    return apply(dry, response);
  }
}
