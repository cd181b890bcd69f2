package io.voxtag.voiceprint.training.augment;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/** Convolution by Fourier transforms, for responses of thousands of samples. */
final class Convolution {
  private Convolution() {}

  /** The first samples of the convolution, as many as the signal has. */
  static float[] apply(float[] signal, float[] response) {
    int size = powerOfTwo(signal.length + response.length - 1);
    // Both are real: as real and imaginary part they share one transform.
    double[][] z = new double[2][size];
    for (int i = 0; i < signal.length; i++) {
      z[0][i] = signal[i];
    }
    for (int i = 0; i < response.length; i++) {
      z[1][i] = response[i];
    }
    FastFourierTransformer.transformInPlace(z, DftNormalization.STANDARD, TransformType.FORWARD);
    multiply(z[0], z[1]);
    FastFourierTransformer.transformInPlace(z, DftNormalization.STANDARD, TransformType.INVERSE);
    float[] result = new float[signal.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) z[0][i];
    }
    return result;
  }

  /**
   * Product of the two spectra X and H in Z = X + iH: with W the conjugate of Z at the mirrored
   * frequency, X is (Z + W) / 2 and H is (Z - W) / 2i, so that XH is (Z² - W²) / 4i.
   */
  private static void multiply(double[] re, double[] im) {
    int size = re.length;
    for (int k = 0; k <= size / 2; k++) {
      int mirror = size - k & size - 1;
      double squareRe = re[k] * re[k] - im[k] * im[k];
      double squareIm = 2 * re[k] * im[k];
      double mirrorRe = re[mirror] * re[mirror] - im[mirror] * im[mirror];
      double mirrorIm = -2 * re[mirror] * im[mirror];
      re[k] = (squareIm - mirrorIm) / 4;
      im[k] = (mirrorRe - squareRe) / 4;
      re[mirror] = re[k];
      im[mirror] = -im[k];
    }
  }

  private static int powerOfTwo(int least) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, least - 1)) << 1);
  }
}
