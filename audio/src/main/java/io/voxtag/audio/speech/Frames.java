package io.voxtag.audio.speech;

import io.voxtag.audio.VoiceActivitySettings;
import java.util.Arrays;

/** What is measured of each frame of a window. */
final class Frames {

  private static final int FRAME = 160;
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
    float[] snr = new float[power.length];
    float noise = sum(floor);
    for (int k = 0; k < snr.length; k++) {
      snr[k] = decibels(sum(power[k]) / noise);
    }
    float[] level = levels(samples);
    float[] sorted = level.clone();
    Arrays.sort(sorted);
    float loudest = sorted[(int) (LOUDEST_PERCENTILE * (sorted.length - 1))];
    return new Frames(
        level,
        snr,
        Pitch.of(power, floor, settings.subtraction()),
        Math.max(settings.minLevelDb(), loudest - settings.rangeDb()));
  }

  private static float[] levels(float[] samples) {
    float[] level = new float[samples.length / FRAME];
    for (int k = 0; k < level.length; k++) {
      double power = 0;
      for (int i = k * FRAME; i < (k + 1) * FRAME; i++) {
        power += samples[i] * samples[i];
      }
      level[k] = decibels((float) (power / FRAME));
    }
    return level;
  }

  private static float sum(float[] power) {
    float sum = 0;
    for (int b = FROM_BIN; b <= TO_BIN; b++) {
      sum += power[b];
    }
    return sum;
  }

  private static float decibels(float power) {
    return (float) (10 * Math.log10(power + 1e-20));
  }
}
