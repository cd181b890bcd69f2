package io.voxtag.audio.speech;

import io.voxtag.audio.VoiceActivitySettings;

/** What is measured of each frame of a window. */
final class Frames {

  private static final int FROM_BIN = (int) (156 / Spectra.BIN_HZ);
  private static final int TO_BIN = (int) (3_500 / Spectra.BIN_HZ);
  private static final float LEAST_POWER = 1e-12f;
  private static final double LOUDEST_PERCENTILE = 0.98;

  /** Level, dB of full scale. */
  final float[] levelDb;

  /** Power in the telephone band over that of the noise floor, dB. */
  final float[] snrDb;

  final Pitch pitch;

  /** Nothing below this level is speech, dB of full scale. */
  final float leastLevelDb;

  private Frames(float[] levelDb, float[] snrDb, Pitch pitch, float leastLevelDb) {
    this.levelDb = levelDb;
    this.snrDb = snrDb;
    this.pitch = pitch;
    this.leastLevelDb = leastLevelDb;
  }

  int count() {
    return levelDb.length;
  }

  /**
   * @param samples at 16 kHz, at least one frame
   */
  static Frames of(float[] samples, VoiceActivitySettings.Floor settings) {
    float[][] power = Spectra.of(samples);
    float[] floor = NoiseFloor.of(power, settings.percentile(), LEAST_POWER);
    float[] snr = new float[power[0].length];
    float noise = 0;
    for (int b = FROM_BIN; b <= TO_BIN; b++) {
      add(power[b], snr);
      noise += floor[b];
    }
    for (int k = 0; k < snr.length; k++) {
      snr[k] = decibels(snr[k] / noise);
    }
    float[] level = FramePower.of(samples);
    float loudest = decibels(Percentile.of(level, LOUDEST_PERCENTILE));
    for (int k = 0; k < level.length; k++) {
      level[k] = decibels(level[k]);
    }
    return new Frames(
        level,
        snr,
        Pitch.of(power, floor, settings.subtraction()),
        Math.max(settings.minLevelDb(), loudest - settings.rangeDb()));
  }

  private static void add(float[] x, float[] sum) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += x[k];
    }
  }

  private static float decibels(float power) {
    return (float) (10 * Math.log10(power + 1e-20));
  }
}
