package io.voxtag.scoring;

import java.util.Arrays;

/**
 * Vectors of one dimension, stored dimension by dimension: inner products then add to many rows at
 * once without a reduction.
 */
final class VectorBlock {

  static final int ROWS = 256;

  // One array a dimension: HotSpot's compiler turns a loop into vector instructions only where all
  // arrays are read at the same index, not at several offsets of one array.
  private final float[][] values;

  VectorBlock(int dimension) {
    this(new float[dimension][ROWS]);
  }

  private VectorBlock(float[][] values) {
    this.values = values;
  }

  VectorBlock copy() {
    float[][] copy = new float[values.length][];
    Arrays.setAll(copy, d -> values[d].clone());
    return new VectorBlock(copy);
  }

  float[] get(int row) {
    float[] vector = new float[values.length];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = values[d][row];
    }
    return vector;
  }

  void put(int row, float[] vector) {
    for (int d = 0; d < vector.length; d++) {
      values[d][row] = vector[d];
    }
  }

  /** Inner products of the query with all rows, into {@code scores} of length {@link #ROWS}. */
  void score(float[] query, float[] scores) {
    Arrays.fill(scores, 0);
    float[][] v = values;
    int d = 0;
    for (; d + 4 <= v.length; d += 4) {
      addFour(
          v[d],
          v[d + 1],
          v[d + 2],
          v[d + 3],
          query[d],
          query[d + 1],
          query[d + 2],
          query[d + 3],
          scores);
    }
    for (; d < v.length; d++) {
      addOne(v[d], query[d], scores);
    }
  }

  // A method of its own, or the arrays are loaded anew in every turn of the loop.
  private static void addFour(
      float[] v0,
      float[] v1,
      float[] v2,
      float[] v3,
      float q0,
      float q1,
      float q2,
      float q3,
      float[] scores) {
    for (int row = 0; row < ROWS; row++) {
      scores[row] += q0 * v0[row] + q1 * v1[row] + q2 * v2[row] + q3 * v3[row];
    }
  }

  private static void addOne(float[] v, float q, float[] scores) {
    for (int row = 0; row < ROWS; row++) {
      scores[row] += q * v[row];
    }
  }
}
