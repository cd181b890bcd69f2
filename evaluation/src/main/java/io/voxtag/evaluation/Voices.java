package io.voxtag.evaluation;

import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.ScoreNorm;
import java.util.List;

/**
 * Voices with what their scores are measured against.
 *
 * @param vectors of unit length
 * @param statistics of each vector
 */
record Voices(List<float[]> vectors, List<CohortStatistics> statistics) {

  static Voices of(List<float[]> vectors, ScoreNorm norm) {
    return new Voices(List.copyOf(vectors), norm.ofAll(vectors));
  }

  int size() {
    return vectors.size();
  }
}
