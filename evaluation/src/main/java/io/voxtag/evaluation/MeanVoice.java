package io.voxtag.evaluation;

import java.util.List;

/** Several vectors of one voice as one. */
public final class MeanVoice {

  private MeanVoice() {}

  /**
   * The direction of the mean of unit vectors.
   *
   * @param vectors at least one, all equally long; a single one is returned as it is
   * @throws IllegalArgumentException if they cancel each other out
   */
  public static float[] of(List<float[]> vectors) {
    if (vectors.size() == 1) {
      return vectors.get(0);
    }
    double[] sum = new double[vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    if (squares == 0) {
      throw new IllegalArgumentException("vectors that cancel each other out have no mean voice");
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / Math.sqrt(squares));
    }
    return mean;
  }
}
