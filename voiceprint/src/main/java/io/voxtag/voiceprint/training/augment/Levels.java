package io.voxtag.voiceprint.training.augment;

/** Powers and gains of samples in [-1, 1]. */
final class Levels {
  private Levels() {}

  static double power(float[] audio) {
    double sum = 0;
    for (float sample : audio) {
      sum += (double) sample * sample;
    }
    return sum / audio.length;
  }

  static float peak(float[] audio) {
    float peak = 0;
    for (float sample : audio) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** Adds noise so that the power of the audio is {@code snrDb} above that of the noise. */
  static void addAtSnr(float[] audio, float[] noise, double snrDb) {
    double noisePower = power(noise);
    if (noisePower == 0) {
      return;
    }
    float gain = (float) Math.sqrt(power(audio) / noisePower / Math.pow(10, snrDb / 10));
    for (int i = 0; i < audio.length; i++) {
      audio[i] += gain * noise[i];
    }
  }

  static void addAtEqualPower(float[] audio, float[] other) {
    addAtSnr(audio, other, 0);
  }

  /** Applies a gain, less of it where the samples would leave [-1, 1]. */
  static void scaleWithoutClipping(float[] audio, double gainDb) {
    float peak = peak(audio);
    float gain = (float) Math.pow(10, gainDb / 20);
    if (peak * gain > 1) {
      gain = 1 / peak;
    }
    scale(audio, gain);
  }

  /** Scales down what would leave [-1, 1]; all else stays as it is. */
  static void limit(float[] audio) {
    scaleWithoutClipping(audio, 0);
  }

  static void scale(float[] audio, float factor) {
    for (int i = 0; i < audio.length; i++) {
      audio[i] *= factor;
    }
  }
}
