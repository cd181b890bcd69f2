package io.voxtag.scoring;

import java.util.Random;

/** Vectors of unit length for tests. */
final class TestVectors {

  private TestVectors() {}

  /** In any direction. */
  static float[] random(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return UnitVectors.combine(vector, 1, vector, 0).orElseThrow();
  }

  /** In any direction that has this cosine with the given unit vector. */
  static float[] near(Random random, float[] unit, double cosine) {
    float[] other = random(random, unit.length);
    float[] across =
        UnitVectors.combine(other, 1, unit, -UnitVectors.cosine(other, unit)).orElseThrow();
    return UnitVectors.combine(unit, cosine, across, Math.sqrt(1 - cosine * cosine)).orElseThrow();
  }
}
