package io.voxtag.audio.speech;

import java.util.Arrays;

/**
 * Autocorrelations from power spectra: a cosine transform of each frame through a Fourier transform
 * of half the length, two frames in one (Press et al., Numerical Recipes, 12.4.2). Holds the work
 * space of one window; not thread-safe.
 */
final class Autocorrelation {

  private static final int SIZE = Spectra.FFT / 2;
  private static final Fft TRANSFORM = new Fft(SIZE);

  private final Lanes lanes;
  private final float[][] first;
  private final float[][] second;

  /**
   * @param maxLag highest lag that is wanted
   */
  Autocorrelation(Lanes lanes, int maxLag) {
    this.lanes = lanes;
    int rows = maxLag / 2 * 2 + 2;
    this.first = new float[rows][lanes.count()];
    this.second = new float[rows][lanes.count()];
  }

  static Lanes lanes(int frames) {
    return new Lanes(frames, SIZE);
  }

  /** [lags, frames] of the frames in the first half of the batch. */
  float[][] first() {
    return first;
  }

  /** [lags, frames] of the frames in the second half of the batch. */
  float[][] second() {
    return second;
  }

  /**
   * Transforms a batch.
   *
   * @param power [bins, frames]
   * @param fromBin first bin to take, at least 1
   * @param toBin last bin to take, less than {@link #SIZE}
   */
  void transform(float[][] power, int fromBin, int toBin) {
    int count = lanes.count();
    fold(power, fromBin, toBin, lanes.frame(), count, lanes.re, first[1]);
    fold(power, fromBin, toBin, lanes.secondFrame(), lanes.secondCount(), lanes.im, second[1]);
    TRANSFORM.transform(lanes.re, lanes.im, count);
    for (int k = 0; k < first.length / 2; k++) {
      float[] re = lanes.re[TRANSFORM.row(k)];
      float[] im = lanes.im[TRANSFORM.row(k)];
      float[] mirrorRe = lanes.re[TRANSFORM.row(SIZE - k & SIZE - 1)];
      float[] mirrorIm = lanes.im[TRANSFORM.row(SIZE - k & SIZE - 1)];
      halfSum(re, mirrorRe, first[2 * k], count);
      halfSum(im, mirrorIm, second[2 * k], count);
      if (k > 0) {
        addHalfDifference(first[2 * k - 1], mirrorIm, im, first[2 * k + 1], count);
        addHalfDifference(second[2 * k - 1], re, mirrorRe, second[2 * k + 1], count);
      }
    }
  }

  /** Makes the sequence whose transform has the even lags, and the steps between the odd ones. */
  private static void fold(
      float[][] power, int fromBin, int toBin, int from, int count, float[][] out, float[] lagOne) {
    Arrays.fill(lagOne, 0);
    for (float[] row : out) {
      Arrays.fill(row, 0);
    }
    float[] bin = new float[count];
    for (int b = fromBin; b <= toBin; b++) {
      System.arraycopy(power[b], from, bin, 0, count);
      float sin = (float) Math.sin(Math.PI * b / SIZE);
      multiplyAdd(bin, 0.5f - sin, out[b]);
      multiplyAdd(bin, 0.5f + sin, out[SIZE - b]);
      multiplyAdd(bin, (float) Math.cos(Math.PI * b / SIZE), lagOne);
    }
  }

  private static void multiplyAdd(float[] x, float factor, float[] sum) {
    for (int l = 0; l < x.length; l++) {
      sum[l] += factor * x[l];
    }
  }

  private static void halfSum(float[] a, float[] b, float[] out, int count) {
    for (int l = 0; l < count; l++) {
      out[l] = 0.5f * (a[l] + b[l]);
    }
  }

  private static void addHalfDifference(
      float[] before, float[] a, float[] b, float[] out, int count) {
    for (int l = 0; l < count; l++) {
      out[l] = before[l] + 0.5f * (a[l] - b[l]);
    }
  }
}
