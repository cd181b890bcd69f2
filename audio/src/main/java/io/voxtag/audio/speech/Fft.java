package io.voxtag.audio.speech;

/** Complex radix-2 Fourier transform in place (Cooley and Tukey, 1965). Immutable, thread-safe. */
final class Fft {

  private final int size;
  private final int[] reversed;
  private final float[] cos;
  private final float[] sin;

  /**
   * @param size a power of two
   */
  Fft(int size) {
    this.size = size;
    this.reversed = new int[size];
    this.cos = new float[size / 2];
    this.sin = new float[size / 2];
    int shift = 1 + Integer.numberOfLeadingZeros(size);
    for (int i = 0; i < size; i++) {
      reversed[i] = Integer.reverse(i) >>> shift;
    }
    for (int i = 0; i < size / 2; i++) {
      cos[i] = (float) Math.cos(2 * Math.PI * i / size);
      sin[i] = (float) -Math.sin(2 * Math.PI * i / size);
    }
  }

  /** Transforms {@code re} + i {@code im}, both of this size; the inverse is the caller's swap. */
  void transform(float[] re, float[] im) {
    for (int i = 0; i < size; i++) {
      int j = reversed[i];
      if (j > i) {
        float r = re[i];
        re[i] = re[j];
        re[j] = r;
        float m = im[i];
        im[i] = im[j];
        im[j] = m;
      }
    }
    for (int half = 1; half < size; half <<= 1) {
      int step = size / (2 * half);
      for (int from = 0; from < size; from += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = from + k;
          int b = a + half;
          float c = cos[k * step];
          float s = sin[k * step];
          float r = re[b] * c - im[b] * s;
          float m = re[b] * s + im[b] * c;
          re[b] = re[a] - r;
          im[b] = im[a] - m;
          re[a] += r;
          im[a] += m;
        }
      }
    }
  }
}
