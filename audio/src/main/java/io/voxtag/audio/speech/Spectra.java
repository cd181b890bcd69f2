package io.voxtag.audio.speech;

import io.voxtag.audio.Resampler;
import java.util.Arrays;

/**
 * Power spectra of the telephone band, one a frame of 10 ms: Hann windows of 40 ms around the
 * middle of the frame, at 8 kHz.
 */
final class Spectra {

  static final int RATE = 8_000;
  static final int HOP = RATE / 100;
  static final int WINDOW = RATE / 25;
  static final int FFT = 512;
  static final int BINS = FFT / 2 + 1;
  static final float BIN_HZ = (float) RATE / FFT;

  static final Fft TRANSFORM = new Fft(FFT);
  static final float[] HANN = hann();

  /** Scale that makes the sum of a one-sided spectrum the mean square of the windowed signal. */
  private static final double SCALE = 2.0 / FFT / (0.375 * WINDOW);

  private Spectra() {}

  /**
   * @param samples at 16 kHz
   * @return [frames, BINS], frames = samples / 160
   */
  static float[][] of(float[] samples) {
    int frames = samples.length / (2 * HOP);
    float[] narrow = Resampler.resample(samples, 2 * RATE, RATE);
    float[][] power = new float[frames][BINS];
    float[] re = new float[FFT];
    float[] im = new float[FFT];
    for (int k = 0; k < frames; k += 2) {
      // Two real frames make one complex transform.
      window(narrow, k, re);
      window(narrow, k + 1, im);
      TRANSFORM.transform(re, im);
      for (int b = 0; b < BINS; b++) {
        int mirror = FFT - b & FFT - 1;
        float evenRe = re[b] + re[mirror];
        float evenIm = im[b] - im[mirror];
        float oddRe = im[b] + im[mirror];
        float oddIm = re[mirror] - re[b];
        power[k][b] = (float) (0.25 * SCALE * (evenRe * evenRe + evenIm * evenIm));
        if (k + 1 < frames) {
          power[k + 1][b] = (float) (0.25 * SCALE * (oddRe * oddRe + oddIm * oddIm));
        }
      }
    }
    return power;
  }

  private static void window(float[] x, int frame, float[] out) {
    int start = frame * HOP + HOP / 2 - WINDOW / 2;
    for (int i = 0; i < WINDOW; i++) {
      int at = start + i;
      out[i] = at >= 0 && at < x.length ? x[at] * HANN[i] : 0;
    }
    Arrays.fill(out, WINDOW, FFT, 0);
  }

  private static float[] hann() {
    float[] window = new float[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW));
    }
    return window;
  }
}
