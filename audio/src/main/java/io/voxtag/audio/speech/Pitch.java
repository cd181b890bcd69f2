package io.voxtag.audio.speech;

/**
 * How periodic each frame is, and with what period: the highest peak of the autocorrelation, which
 * is taken from the spectrum above the noise floor and divided by that of the window (after
 * Boersma, 1993). Where a shorter period explains nearly as much, it is the one.
 */
final class Pitch {

  private static final float LOWEST_HZ = 60;
  private static final float HIGHEST_HZ = 1_000;
  private static final int FROM_BIN = (int) (70 / Spectra.BIN_HZ);
  private static final int TO_BIN = (int) (3_500 / Spectra.BIN_HZ);
  private static final int MIN_LAG = (int) (Spectra.RATE / HIGHEST_HZ);
  private static final int MAX_LAG = (int) (Spectra.RATE / LOWEST_HZ);
  private static final float[] WINDOW = windowCorrelation();

  /** Periodicity of each frame, 0 to 1, as a share of all its power, noise included. */
  final float[] strength;

  /** Pitch of each frame, Hz. */
  final float[] hertz;

  private Pitch(int frames) {
    strength = new float[frames];
    hertz = new float[frames];
  }

  /**
   * @param power [bins, frames]
   * @param floor noise power of each bin
   * @param subtraction how many times the noise is taken off
   */
  static Pitch of(float[][] power, float[] floor, float subtraction) {
    int frames = power[0].length;
    Pitch pitch = new Pitch(frames);
    PitchTrack track = new PitchTrack(frames);
    float[] kept = new float[frames];
    float[] all = new float[frames];
    for (int b = FROM_BIN; b <= TO_BIN; b++) {
      clean(power[b], subtraction * floor[b], kept, all);
    }
    Lanes lanes = Autocorrelation.lanes(frames);
    Autocorrelation correlation = new Autocorrelation(lanes, MAX_LAG + 1);
    for (; lanes.any(); lanes.next()) {
      correlation.transform(power, FROM_BIN, TO_BIN);
      pick(correlation.first(), lanes.frame(), lanes.count(), track);
      pick(correlation.second(), lanes.secondFrame(), lanes.secondCount(), track);
    }
    int[] best = track.best();
    for (int k = 0; k < frames; k++) {
      float share = all[k] > 0 ? kept[k] / all[k] : 0;
      pitch.strength[k] = track.strength(k, best[k]) * share;
      pitch.hertz[k] = track.hertz(k, best[k]);
    }
    return pitch;
  }

  /** Leaves in {@code power} what is above the noise. */
  private static void clean(float[] power, float noise, float[] kept, float[] all) {
    for (int k = 0; k < power.length; k++) {
      all[k] += power[k];
    }
    for (int k = 0; k < power.length; k++) {
      power[k] = Math.max(0, power[k] - noise);
    }
    for (int k = 0; k < power.length; k++) {
      kept[k] += power[k];
    }
  }

  /** Adds the peaks of every frame of {@code correlation}, [lags, frames], to the track. */
  private static void pick(float[][] correlation, int frame, int count, PitchTrack track) {
    float[] scale = new float[count];
    for (int l = 0; l < count; l++) {
      float zero = correlation[0][l];
      scale[l] = zero > 0 ? 1 / zero : 0;
    }
    for (int lag = MIN_LAG; lag <= MAX_LAG + 1; lag++) {
      normalise(correlation[lag], scale, 1 / WINDOW[lag]);
    }
    float[] above = new float[count];
    for (int lag = MIN_LAG + 1; lag <= MAX_LAG; lag++) {
      float[] before = correlation[lag - 1];
      float[] at = correlation[lag];
      float[] after = correlation[lag + 1];
      compare(before, at, after, above);
      for (int l = 0; l < count; l++) {
        if (above[l] >= 0 && at[l] > after[l]) {
          float hertz = Spectra.RATE / (lag + vertex(before[l], at[l], after[l]));
          track.add(frame + l, Math.min(1, at[l]), hertz);
        }
      }
    }
  }

  /** Not negative where there may be a peak: apart, as few frames have one at a lag. */
  private static void compare(float[] before, float[] at, float[] after, float[] above) {
    for (int l = 0; l < above.length; l++) {
      above[l] = Math.min(at[l], Math.min(at[l] - before[l], at[l] - after[l]));
    }
  }

  private static void normalise(float[] row, float[] scale, float factor) {
    for (int l = 0; l < scale.length; l++) {
      row[l] *= factor * scale[l];
    }
  }

  private static float vertex(float before, float at, float after) {
    float curve = before - 2 * at + after;
    return curve == 0 ? 0 : 0.5f * (before - after) / curve;
  }

  private static float[] windowCorrelation() {
    float[] correlation = new float[MAX_LAG + 2];
    for (int lag = 0; lag <= MAX_LAG + 1; lag++) {
      float sum = 0;
      for (int i = lag; i < Spectra.WINDOW; i++) {
        sum += Spectra.HANN[i] * Spectra.HANN[i - lag];
      }
      correlation[lag] = sum;
    }
    for (int lag = MAX_LAG + 1; lag >= 0; lag--) {
      correlation[lag] /= correlation[0];
    }
    return correlation;
  }
}
