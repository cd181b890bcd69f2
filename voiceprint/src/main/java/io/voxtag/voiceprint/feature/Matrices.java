package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.DoubleUnaryOperator;

/** Constant transforms, computed in double precision. */
final class Matrices {
  private Matrices() {}

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
    return plainDct(
        mels, coefficients, k -> lifter.applyAsDouble(k) * Math.sqrt((k == 0 ? 1.0 : 2.0) / mels));
  }

  /** DCT-II as a sum of cosines: [mels][coefficients], each column scaled. */
  static float[][] plainDct(int mels, int coefficients, DoubleUnaryOperator scale) {
    float[][] matrix = new float[mels][coefficients];
    for (int k = 0; k < coefficients; k++) {
      double factor = scale.applyAsDouble(k);
      for (int m = 0; m < mels; m++) {
        matrix[m][k] = (float) (factor * Math.cos(Math.PI / mels * (m + 0.5) * k));
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
