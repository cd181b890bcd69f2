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
    int frames = power.length;
    PitchTrack track = new PitchTrack(frames);
    float[] share = new float[frames];
    float[] re = new float[Spectra.FFT];
    float[] im = new float[Spectra.FFT];
    for (int k = 0; k < frames; k += 2) {
      // Both spectra are real and even, so their autocorrelations come back side by side.
      boolean pair = k + 1 < frames;
      share[k] = clean(power[k], floor, subtraction, re);
      if (pair) {
        share[k + 1] = clean(power[k + 1], floor, subtraction, im);
      } else {
        Arrays.fill(im, 0);
      }
      Spectra.TRANSFORM.transform(re, im);
      pick(k, re, track);
      if (pair) {
        pick(k + 1, im, track);
      }
    }
    Pitch pitch = new Pitch(frames);
    int[] best = track.best();
    for (int k = 0; k < frames; k++) {
      pitch.strength[k] = track.strength(k, best[k]) * share[k];
      pitch.hertz[k] = track.hertz(k, best[k]);
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

  private static void pick(int frame, float[] correlation, PitchTrack track) {
    float zero = correlation[0];
    if (zero <= 0) {
      return;
    }
    for (int lag = MIN_LAG; lag <= MAX_LAG + 1; lag++) {
      correlation[lag] /= WINDOW[lag] * zero;
    }
    for (int lag = MIN_LAG + 1; lag <= MAX_LAG; lag++) {
      if (correlation[lag] >= correlation[lag - 1] && correlation[lag] > correlation[lag + 1]) {
        float strength = Math.min(1, correlation[lag]);
        track.add(frame, strength, Spectra.RATE / (lag + vertex(correlation, lag)));
      }
    }
  }

  private static float vertex(float[] y, int at) {
    float curve = y[at - 1] - 2 * y[at] + y[at + 1];
    return curve == 0 ? 0 : 0.5f * (y[at - 1] - y[at + 1]) / curve;
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
