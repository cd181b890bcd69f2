package io.voxtag.audio.speech;

import java.util.Arrays;

/**
 * Power spectra of the telephone band, one a frame of 10 ms: Hann windows of 40 ms around the
 * middle of the frame, at 8 kHz. Frames lie side by side, [bins, frames], so that what is done to
 * every frame is a plain loop along a row.
 */
final class Spectra {

  static final int RATE = 8_000;
  static final int HOP = RATE / 100;
  static final int WINDOW = RATE / 25;
  static final int FFT = 512;
  static final float BIN_HZ = (float) RATE / FFT;

  /** Bins up to here are computed: what is looked at, and its neighbours. */
  static final int BINS = (int) (3_550 / BIN_HZ) + 1;

  static final float[] HANN = hann();

  private static final Fft TRANSFORM = new Fft(FFT);
  private static final int BEFORE = WINDOW / 2 - HOP / 2;

  /** Scale that makes the sum of a one-sided spectrum the mean square of the windowed signal. */
  private static final float SCALE = (float) (2.0 / FFT / (0.375 * WINDOW));

  private Spectra() {}

  /**
   * @param samples at 16 kHz
   * @return [BINS, frames], frames = samples / 160
   */
  static float[][] of(float[] samples) {
    int frames = samples.length / (2 * HOP);
    float[][] hops = hops(samples, frames);
    float[][] power = new float[BINS][frames];
    for (Lanes lanes = new Lanes(frames, FFT); lanes.any(); lanes.next()) {
      // Two real frames make one complex transform.
      window(hops, lanes.frame(), lanes.count(), lanes.re);
      window(hops, lanes.secondFrame(), lanes.secondCount(), lanes.im);
      TRANSFORM.transform(lanes.re, lanes.im, lanes.count());
      for (int b = 0; b < BINS; b++) {
        int row = TRANSFORM.row(b);
        int mirror = TRANSFORM.row(FFT - b & FFT - 1);
        float[] re = lanes.re[row];
        float[] im = lanes.im[row];
        float[] mirrorRe = lanes.re[mirror];
        float[] mirrorIm = lanes.im[mirror];
        addPower(re, mirrorRe, im, mirrorIm, power[b], lanes.frame(), lanes.count());
        addPower(im, mirrorIm, mirrorRe, re, power[b], lanes.secondFrame(), lanes.secondCount());
      }
    }
    return power;
  }

  /** The power of (a + b) + i (c - d). */
  private static void addPower(
      float[] a, float[] b, float[] c, float[] d, float[] power, int from, int count) {
    for (int l = 0; l < count; l++) {
      float re = a[l] + b[l];
      float im = c[l] - d[l];
      power[from + l] = 0.25f * SCALE * (re * re + im * im);
    }
  }

  /** The signal at 8 kHz, [HOP, frames and those around]: one column a hop, one sample a row. */
  private static float[][] hops(float[] samples, int frames) {
    int columns = frames + WINDOW / HOP - 1;
    float[] narrow = new float[columns * HOP];
    HalfBand.decimate(samples, narrow, BEFORE);
    float[][] hops = new float[HOP][columns];
    for (int column = 0; column < columns; column++) {
      for (int i = 0; i < HOP; i++) {
        hops[i][column] = narrow[column * HOP + i];
      }
    }
    return hops;
  }

  private static void window(float[][] hops, int frame, int count, float[][] out) {
    for (int i = 0; i < WINDOW; i++) {
      multiply(hops[i % HOP], frame + i / HOP, HANN[i], out[i], count);
    }
    for (int i = WINDOW; i < FFT; i++) {
      Arrays.fill(out[i], 0);
    }
  }

  private static void multiply(float[] x, int from, float factor, float[] out, int count) {
    for (int l = 0; l < count; l++) {
      out[l] = factor * x[from + l];
    }
  }

  private static float[] hann() {
    float[] window = new float[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW));
    }
    return window;
  }
}
