package io.voxtag.scoring;

import java.util.Arrays;

/**
 * Some rows of the index: vectors with the speakers that they belong to, and with what their scores
 * are measured against.
 */
final class VoiceprintBlock {

  static final int ROWS = VectorBlock.ROWS;

  private final int dimension;
  private final VectorBlock vectors;
  private final String[] speakers;
  private final CohortStatistics[] statistics;

  VoiceprintBlock(int dimension) {
    this(dimension, new VectorBlock(dimension), new String[ROWS], new CohortStatistics[ROWS]);
    Arrays.fill(speakers, "");
    Arrays.fill(statistics, CohortStatistics.NEUTRAL);
  }

  private VoiceprintBlock(
      int dimension, VectorBlock vectors, String[] speakers, CohortStatistics[] statistics) {
    this.dimension = dimension;
    this.vectors = vectors;
    this.speakers = speakers;
    this.statistics = statistics;
  }

  VoiceprintBlock copy() {
    return new VoiceprintBlock(dimension, vectors.copy(), speakers.clone(), statistics.clone());
  }

  String speaker(int row) {
    return speakers[row];
  }

  CohortStatistics statistics(int row) {
    return statistics[row];
  }

  float[] voiceprint(int row) {
    return vectors.get(row);
  }

  void put(int row, String speaker, float[] voiceprint, CohortStatistics measuredAgainst) {
    speakers[row] = speaker;
    statistics[row] = measuredAgainst;
    vectors.put(row, voiceprint);
  }

  void clear(int row) {
    put(row, "", new float[dimension], CohortStatistics.NEUTRAL);
  }

  /** Inner products of the query with all rows, into {@code scores} of length {@link #ROWS}. */
  void score(float[] query, float[] scores) {
    vectors.score(query, scores);
  }

  /** Normalises the scores of the first rows in place. */
  void normalise(CohortStatistics query, float[] scores, int rows) {
    for (int row = 0; row < rows; row++) {
      scores[row] = (float) query.normalise(scores[row], statistics[row]);
    }
  }
}
