package io.voxtag.scoring;

import java.util.Arrays;

/** Some rows of the index: vectors with the speakers that they belong to. */
final class VoiceprintBlock {

  static final int ROWS = VectorBlock.ROWS;

  private final int dimension;
  private final VectorBlock vectors;
  private final String[] speakers;

  VoiceprintBlock(int dimension) {
    this(dimension, new VectorBlock(dimension), new String[ROWS]);
    Arrays.fill(speakers, "");
  }

  private VoiceprintBlock(int dimension, VectorBlock vectors, String[] speakers) {
    this.dimension = dimension;
    this.vectors = vectors;
    this.speakers = speakers;
  }

  VoiceprintBlock copy() {
    return new VoiceprintBlock(dimension, vectors.copy(), speakers.clone());
  }

  String speaker(int row) {
    return speakers[row];
  }

  float[] voiceprint(int row) {
    return vectors.get(row);
  }

  void put(int row, String speaker, float[] voiceprint) {
    speakers[row] = speaker;
    vectors.put(row, voiceprint);
  }

  void clear(int row) {
    put(row, "", new float[dimension]);
  }

  /** Inner products of the query with all rows, into {@code scores} of length {@link #ROWS}. */
  void score(float[] query, float[] scores) {
    vectors.score(query, scores);
  }
}
