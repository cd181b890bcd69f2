package io.voxtag.audio.speech;

import java.util.Arrays;

/**
 * How periodic each frame is, and with what period: the highest peak of the autocorrelation, which
 * is taken from the spectrum above the noise floor and divided by that of the window (after
 * Boersma, 1993). Where a shorter period explains nearly as much, it is the one.
 */
final class Pitch {

  private static final float LOWEST_HZ = 60;
  private static final float HIGHEST_HZ = 1_000;
  private static final float SHORTER = 0.9f;
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

  static Pitch of(float[][] power, float[] floor, float subtraction) {
    Pitch pitch = new Pitch(power.length);
    float[] re = new float[Spectra.FFT];
    float[] im = new float[Spectra.FFT];
    for (int k = 0; k < power.length; k += 2) {
      boolean pair = k + 1 < power.length;
      float share = clean(power[k], floor, subtraction, re);
      float nextShare = pair ? clean(power[k + 1], floor, subtraction, im) : 0;
      if (share + nextShare > 0) {
        // Both spectra are real and even, so their autocorrelations come back side by side.
        Spectra.TRANSFORM.transform(re, im);
        pitch.pick(k, re, share);
        if (pair) {
          pitch.pick(k + 1, im, nextShare);
        }
      }
      Arrays.fill(im, 0);
    }
    return pitch;
  }

  private static float clean(float[] power, float[] floor, float subtraction, float[] even) {
    Arrays.fill(even, 0);
    float kept = 0;
    float all = 0;
    for (int b = FROM_BIN; b <= TO_BIN; b++) {
      float above = Math.max(0, power[b] - subtraction * floor[b]);
      kept += above;
      all += power[b];
      even[b] = above;
      even[Spectra.FFT - b] = above;
    }
    return all > 0 ? kept / all : 0;
  }

  private void pick(int frame, float[] correlation, float share) {
    float zero = correlation[0];
    if (zero <= 0) {
      return;
    }
    float highest = 0;
    for (int lag = MIN_LAG; lag <= MAX_LAG; lag++) {
      correlation[lag] /= WINDOW[lag] * zero;
      highest = Math.max(highest, isPeak(correlation, lag) ? correlation[lag] : 0);
    }
    for (int lag = MIN_LAG + 1; lag < MAX_LAG; lag++) {
      if (correlation[lag] >= SHORTER * highest
          && correlation[lag] >= correlation[lag - 1]
          && correlation[lag] > correlation[lag + 1]) {
        strength[frame] = Math.min(1, correlation[lag]) * share;
        hertz[frame] = Spectra.RATE / (lag + vertex(correlation, lag));
        return;
      }
    }
  }

  private static boolean isPeak(float[] correlation, int lag) {
    return lag > MIN_LAG && correlation[lag] >= correlation[lag - 1];
  }

  private static float vertex(float[] y, int at) {
    float curve = y[at - 1] - 2 * y[at] + y[at + 1];
    return curve == 0 ? 0 : 0.5f * (y[at - 1] - y[at + 1]) / curve;
  }

  private static float[] windowCorrelation() {
    float[] correlation = new float[MAX_LAG + 1];
    for (int lag = 0; lag <= MAX_LAG; lag++) {
      float sum = 0;
      for (int i = lag; i < Spectra.WINDOW; i++) {
        sum += Spectra.HANN[i] * Spectra.HANN[i - lag];
      }
      correlation[lag] = sum;
    }
    for (int lag = MAX_LAG; lag >= 0; lag--) {
      correlation[lag] /= correlation[0];
    }
    return correlation;
  }
}
