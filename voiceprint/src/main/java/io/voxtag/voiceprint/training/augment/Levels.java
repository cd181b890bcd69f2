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
    float peak = 0;
    for (float sample : audio) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float gain = (float) Math.pow(10, gainDb / 20);
    if (peak * gain > 1) {
      gain = 1 / peak;
    }
    for (int i = 0; i < audio.length; i++) {
      audio[i] *= gain;
    }
  }
}
