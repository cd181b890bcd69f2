package io.voxtag.audio.speech;

/**
 * Complex Fourier transform in place of many signals side by side (Cooley and Tukey, 1965; radix 4,
 * decimation in frequency). A row holds one sample of every signal, so that each step is a plain
 * loop along rows, which the compiler turns into vector instructions. Immutable, thread-safe.
 */
final class Fft {

  private final int size;
  private final int[] row;
  private final float[] cos;
  private final float[] sin;

  /**
   * @param size a power of two
   */
  Fft(int size) {
    this.size = size;
    this.row = new int[size];
    this.cos = new float[size];
    this.sin = new float[size];
    for (int i = 0; i < size; i++) {
      row[i] = rowOf(i, size);
      cos[i] = (float) Math.cos(2 * Math.PI * i / size);
      sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
    }
  }

  /** The row where the transform leaves {@code frequency}, 0 to size - 1. */
  int row(int frequency) {
    return row[frequency];
  }

  /**
   * Transforms {@code re} + i {@code im}, [size, at least lanes] both; frequencies come out in the
   * order of {@link #row(int)}. The rows themselves change places, also between the two.
   */
  void transform(float[][] re, float[][] im, int lanes) {
    // Depth first, so that the smaller transforms stay in the nearest cache.
    transform(re, im, lanes, 0, size);
  }

  private void transform(float[][] re, float[][] im, int lanes, int from, int length) {
    if (length == 2) {
      butterfly(re[from], re[from + 1], lanes);
      butterfly(im[from], im[from + 1], lanes);
      return;
    }
    int quarter = length / 4;
    int step = size / length;
    for (int j = 0; j < quarter; j++) {
      int b = from + j + quarter;
      int c = b + quarter;
      int d = c + quarter;
      four(re, im, from + j, quarter, lanes);
      if (j > 0) {
        turn(re[b], im[b], cos[j * step], sin[j * step], lanes);
        turn(re[c], im[c], cos[2 * j * step], sin[2 * j * step], lanes);
        turn(re[d], im[d], cos[3 * j * step], sin[3 * j * step], lanes);
      }
    }
    for (int q = 0; quarter > 1 && q < 4; q++) {
      transform(re, im, lanes, from + q * quarter, quarter);
    }
  }

  /** A transform of four rows, from {@code a} on; a quarter turn only moves rows. */
  private static void four(float[][] re, float[][] im, int a, int apart, int lanes) {
    int b = a + apart;
    int c = b + apart;
    int d = c + apart;
    butterfly(re[a], re[c], lanes);
    butterfly(im[a], im[c], lanes);
    butterfly(re[b], re[d], lanes);
    butterfly(im[b], im[d], lanes);
    butterfly(re[a], re[b], lanes);
    butterfly(im[a], im[b], lanes);
    butterfly(re[c], im[d], lanes);
    butterfly(im[c], re[d], lanes);
    float[] second = re[b];
    re[b] = re[c];
    re[c] = second;
    second = im[b];
    im[b] = re[d];
    re[d] = im[d];
    im[d] = im[c];
    im[c] = second;
  }

  /** No more than this in a loop: with more arrays in it the compiler gives up vectorising. */
  private static void butterfly(float[] a, float[] b, int lanes) {
    for (int l = 0; l < lanes; l++) {
      float sum = a[l] + b[l];
      float difference = a[l] - b[l];
      a[l] = sum;
      b[l] = difference;
    }
  }

  private static void turn(float[] re, float[] im, float cos, float sin, int lanes) {
    for (int l = 0; l < lanes; l++) {
      float r = re[l] * cos - im[l] * sin;
      float i = re[l] * sin + im[l] * cos;
      re[l] = r;
      im[l] = i;
    }
  }

  private static int rowOf(int frequency, int length) {
    if (length <= 2) {
      return frequency;
    }
    return frequency % 4 * (length / 4) + rowOf(frequency / 4, length / 4);
  }
}
