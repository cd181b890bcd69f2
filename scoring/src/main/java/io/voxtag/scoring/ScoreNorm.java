package io.voxtag.scoring;

import java.util.List;

/**
 * How scores of a model are made comparable across voices, recordings and channels. Immutable and
 * thread-safe.
 */
public interface ScoreNorm {

  /** Scores stay cosines. */
  ScoreNorm NONE = vector -> CohortStatistics.NEUTRAL;

  /**
   * What the scores of a voice are measured against.
   *
   * @param vector of unit length and of the dimension of the model
   */
  CohortStatistics of(float[] vector);

  /** {@link #of(float[])} for many voices at once, in their order. */
  default List<CohortStatistics> ofAll(List<float[]> vectors) {
    return vectors.stream().map(this::of).toList();
  }
}
