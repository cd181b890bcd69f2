package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.DoubleUnaryOperator;

/** Constant windows, filter banks and transforms, computed in double precision. */
final class Matrices {
  private Matrices() {}

  /** Hertz to mel as HTK and Kaldi define it, up to a constant factor that cancels. */
  static double mel(double hertz) {
    return Math.log1p(hertz / 700.0);
  }

  /** Mel to Hertz, the inverse of {@link #mel}. */
  static double hertz(double mel) {
    return 700.0 * Math.expm1(mel);
  }

  /** Periodic Hann window. */
  static float[] hann(int length) {
    float[] window = new float[length];
    for (int i = 0; i < length; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
    }
    return window;
  }

  /** Triangles that are straight on the mel axis, as Kaldi has them: [fft / 2 + 1][mels]. */
  static float[][] kaldiMelBanks(int sampleRate, int fft, int mels, double low, double high) {
    double lowMel = mel(low);
    double step = (mel(high) - lowMel) / (mels + 1);
    float[][] banks = new float[fft / 2 + 1][mels];
    // The bin at the Nyquist frequency has no weight in Kaldi.
    for (int bin = 0; bin < fft / 2; bin++) {
      double at = mel((double) sampleRate / fft * bin);
      for (int m = 0; m < mels; m++) {
        double left = lowMel + m * step;
        double up = (at - left) / step;
        double down = (left + 2 * step - at) / step;
        banks[bin][m] = (float) Math.max(0, Math.min(up, down));
      }
    }
    return banks;
  }

  /** Triangles that are straight on the Hertz axis, as torchaudio has them: [fft / 2 + 1][mels]. */
  static float[][] melBanks(int sampleRate, int fft, int mels, double low, double high) {
    double lowMel = mel(low);
    double step = (mel(high) - lowMel) / (mels + 1);
    int bins = fft / 2 + 1;
    float[][] banks = new float[bins][mels];
    for (int bin = 0; bin < bins; bin++) {
      double at = (double) (sampleRate / 2) * bin / (bins - 1);
      for (int m = 0; m < mels; m++) {
        double left = hertz(lowMel + m * step);
        double centre = hertz(lowMel + (m + 1) * step);
        double right = hertz(lowMel + (m + 2) * step);
        double up = (at - left) / (centre - left);
        double down = (right - at) / (right - centre);
        banks[bin][m] = (float) Math.max(0, Math.min(up, down));
      }
    }
    return banks;
  }

  /** Each row twice, for the squares of the real and of the imaginary part. */
  static float[][] banksOfParts(float[][] banks) {
    float[][] twice = new float[2 * banks.length][];
    for (int bin = 0; bin < banks.length; bin++) {
      twice[2 * bin] = banks[bin];
      twice[2 * bin + 1] = banks[bin];
    }
    return twice;
  }

  /** Orthonormal DCT-II: [mels][coefficients], each column scaled by a lifter. */
  static float[][] dct(int mels, int coefficients, DoubleUnaryOperator lifter) {
    float[][] matrix = new float[mels][coefficients];
    for (int k = 0; k < coefficients; k++) {
      double scale = (k == 0 ? Math.sqrt(1.0 / mels) : Math.sqrt(2.0 / mels));
      for (int m = 0; m < mels; m++) {
        matrix[m][k] =
            (float) (scale * lifter.applyAsDouble(k) * Math.cos(Math.PI / mels * (m + 0.5) * k));
      }
    }
    return matrix;
  }

  static NDArray tensor(NDManager manager, float[] values) {
    return manager.create(values);
  }

  static NDArray tensor(NDManager manager, float[][] values) {
    int columns = values[0].length;
    float[] flat = new float[values.length * columns];
    for (int row = 0; row < values.length; row++) {
      System.arraycopy(values[row], 0, flat, row * columns, columns);
    }
    return manager.create(flat, new Shape(values.length, columns));
  }
}
