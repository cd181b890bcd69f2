package io.voxtag.audio;

/** Root-mean-square level and normalisation to a target. 0 dB is a square wave of full scale. */
public final class Level {

  /** Largest gain of {@link #normalise(float[], double)}, dB. */
  public static final double MAX_GAIN_DB = 300;

  private Level() {}

  /** RMS level, dB; negative infinity for digital silence and for no samples. */
  public static double rmsDb(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(sum / samples.length);
  }

  /** A copy at {@code targetDb}, with a gain of at most {@link #MAX_GAIN_DB}. */
  public static float[] normalise(float[] samples, double targetDb) {
    return normalise(samples, targetDb, MAX_GAIN_DB);
  }

  /**
   * A copy with the RMS level {@code targetDb}. Nothing is clipped, so peaks may exceed full scale.
   *
   * @param maxGainDb largest gain, dB
   * @throws SilentAudioException if more than {@code maxGainDb} would be needed, as for silence
   */
  public static float[] normalise(float[] samples, double targetDb, double maxGainDb) {
    double gain = targetDb - rmsDb(samples);
    if (!(gain <= maxGainDb)) {
      throw new SilentAudioException(
          "level %.1f dB needs a gain of %.1f dB to reach %.1f dB, the most is %.1f dB"
              .formatted(rmsDb(samples), gain, targetDb, maxGainDb));
    }
    return amplify(samples, gain);
  }

  /** A copy with {@code gainDb} of gain, dB. */
  public static float[] amplify(float[] samples, double gainDb) {
    float factor = (float) Math.pow(10, gainDb / 20);
    float[] louder = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      louder[i] = samples[i] * factor;
    }
    return louder;
  }
}
