package io.voxtag.embedder.enroll;

import java.util.ArrayList;
import java.util.List;

/** The vectors of the windows of one recording. */
final class Voices {

  private Voices() {}

  /** The mean of unit vectors, of unit length. */
  static float[] mean(List<float[]> vectors) {
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
    norm = Math.sqrt(norm);
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / norm);
    }
    return mean;
  }

  static boolean isFinite(float[] vector) {
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot;
  }

  /**
   * How alike the two voices of a recording are, if there are two: its windows are split around the
   * two least alike ones, and the means of both sides compared. Sides of a single window are not
   * believed, so that a cough or a laugh makes no second speaker.
   *
   * @return a cosine; 1 where there are too few windows to tell
   */
  static double likenessOfSides(List<float[]> vectors) {
    if (vectors.size() < 4) {
      return 1;
    }
    int first = 0;
    int second = 1;
    for (int i = 0; i < vectors.size(); i++) {
      for (int j = i + 1; j < vectors.size(); j++) {
        if (cosine(vectors.get(i), vectors.get(j))
            < cosine(vectors.get(first), vectors.get(second))) {
          first = i;
          second = j;
        }
      }
    }
    List<float[]> one = new ArrayList<>();
    List<float[]> other = new ArrayList<>();
    for (float[] vector : vectors) {
      boolean nearerFirst =
          cosine(vector, vectors.get(first)) >= cosine(vector, vectors.get(second));
      (nearerFirst ? one : other).add(vector);
    }
    return one.size() < 2 || other.size() < 2 ? 1 : cosine(mean(one), mean(other));
  }
}
