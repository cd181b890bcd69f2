package io.voxtag.scoring;

import java.util.Arrays;

/**
 * Some rows of the index, stored dimension by dimension: the scan then adds to many rows at once
 * without a reduction, which the JIT compiler turns into vector instructions.
 */
final class VoiceprintBlock {

  static final int ROWS = 256;

  private final int dimension;
  private final float[] values;
  private final String[] speakers;

  VoiceprintBlock(int dimension) {
    this(dimension, new float[dimension * ROWS], new String[ROWS]);
  }

  private VoiceprintBlock(int dimension, float[] values, String[] speakers) {
    this.dimension = dimension;
    this.values = values;
    this.speakers = speakers;
    Arrays.fill(speakers, "");
  }

  VoiceprintBlock copy() {
    VoiceprintBlock copy = new VoiceprintBlock(dimension, values.clone(), new String[ROWS]);
    System.arraycopy(speakers, 0, copy.speakers, 0, ROWS);
    return copy;
  }

  String speaker(int row) {
    return speakers[row];
  }

  float[] voiceprint(int row) {
    float[] voiceprint = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      voiceprint[d] = values[d * ROWS + row];
    }
    return voiceprint;
  }

  void put(int row, String speaker, float[] voiceprint) {
    speakers[row] = speaker;
    for (int d = 0; d < dimension; d++) {
      values[d * ROWS + row] = voiceprint[d];
    }
  }

  void clear(int row) {
    put(row, "", new float[dimension]);
  }

  /** Inner products of the query with all rows, into {@code scores} of length {@link #ROWS}. */
  void score(float[] query, float[] scores) {
    Arrays.fill(scores, 0);
    int d = 0;
    for (; d + 4 <= dimension; d += 4) {
      addFour(query, d, scores);
    }
    for (; d < dimension; d++) {
      int offset = d * ROWS;
      for (int row = 0; row < ROWS; row++) {
        scores[row] += query[d] * values[offset + row];
      }
    }
  }

  private void addFour(float[] query, int d, float[] scores) {
    float[] v = values;
    float a = query[d];
    float b = query[d + 1];
    float c = query[d + 2];
    float e = query[d + 3];
    int offset = d * ROWS;
    for (int row = 0; row < ROWS; row++) {
      int at = offset + row;
      scores[row] += a * v[at] + b * v[at + ROWS] + c * v[at + 2 * ROWS] + e * v[at + 3 * ROWS];
    }
  }
}
