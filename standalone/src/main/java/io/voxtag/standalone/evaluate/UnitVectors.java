package io.voxtag.standalone.evaluate;

import java.util.List;

/** Arithmetic on vectors of unit length. */
public final class UnitVectors {

  private UnitVectors() {}

  /**
   * The direction between some vectors.
   *
   * @param vectors at least one, all equally long; a single one is returned as it is
   */
  public static float[] mean(List<float[]> vectors) {
    if (vectors.size() == 1) {
      return vectors.get(0);
    }
    double[] sum = new double[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    double norm = 0;
    for (double value : sum) {
      norm += value * value;
    }
    double scale = norm == 0 ? 0 : 1 / Math.sqrt(norm);
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] * scale);
    }
    return mean;
  }

  /** The cosine of two vectors of unit length, -1 to 1. */
  public static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }
}
