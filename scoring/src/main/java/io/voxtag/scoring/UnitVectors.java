package io.voxtag.scoring;

import java.util.List;
import java.util.Optional;

/** Arithmetic on vectors of unit length. Static methods without state: thread-safe. */
public final class UnitVectors {

  private static final double LENGTH_TOLERANCE = 1e-3;

  private UnitVectors() {}

  /** The cosine of two unit vectors of equal dimension: their inner product, -1 to 1. */
  public static float cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) Math.max(-1, Math.min(1, sum));
  }

  /**
   * The vector in the direction of the weighted sum.
   *
   * @return empty where the sum has no direction (it is zero)
   */
  public static Optional<float[]> combine(float[] a, double weightA, float[] b, double weightB) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = weightA * a[i] + weightB * b[i];
    }
    return unit(sum);
  }

  /**
   * The mean direction of vectors of one dimension: a voiceprint from several recordings.
   *
   * @return empty where there is none: no vector, or vectors that cancel each other out
   */
  public static Optional<float[]> mean(List<float[]> vectors) {
    double[] sum = new double[vectors.isEmpty() ? 0 : vectors.get(0).length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return unit(sum);
  }

  private static Optional<float[]> unit(double[] vector) {
    double length = length(vector);
    if (length < Float.MIN_NORMAL) {
      return Optional.empty();
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return Optional.of(unit);
  }

  /**
   * What keeps a vector from being one of unit length, in words; empty where nothing does. A length
   * that differs from 1 by at most 0.001 is taken as rounding.
   */
  public static Optional<String> defect(float[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        return Optional.of("has " + vector[i] + " at position " + i + "; all must be finite");
      }
      sum += (double) vector[i] * vector[i];
    }
    double length = Math.sqrt(sum);
    return Math.abs(length - 1) <= LENGTH_TOLERANCE
        ? Optional.empty()
        : Optional.of("has length " + length + "; it must be 1");
  }

  static void require(float[] vector, String name) {
    defect(vector)
        .ifPresent(
            defect -> {
              throw new IllegalArgumentException(name + " " + defect);
            });
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
