package io.voxtag.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * Adaptive symmetric score normalisation: a score is measured, from both sides, in deviations above
 * the mean of the scores with the most alike voices of a cohort (P. Matějka et al., "Analysis of
 * Score Normalization in Multilingual Speaker Recognition", Interspeech 2017, AS-norm 1).
 */
public final class AsNorm implements ScoreNorm {

  /** The fewest voices that have a deviation. */
  public static final int LEAST = 2;

  /** The most voices of a cohort: each window of a call is compared with all of them. */
  public static final int MOST = 10_000;

  // The cosines of a float vector are not more exact; two equal voices would divide by zero.
  private static final double LEAST_DEVIATION = 1e-4;

  private final VectorMatrix cohort;
  private final int topK;

  /**
   * A normalisation by this cohort.
   *
   * @param cohort unit vectors of the model, each the voice of another speaker who is in no trial
   *     and not enrolled; {@link #LEAST} to {@link #MOST}
   * @param topK how many of them, the most alike, a voice is measured against: {@link #LEAST} to as
   *     many as there are
   * @throws IllegalArgumentException if a number or a vector is not like that
   */
  public AsNorm(List<float[]> cohort, int topK) {
    if (cohort.size() < LEAST || cohort.size() > MOST) {
      throw new IllegalArgumentException(
          "A cohort of " + cohort.size() + " voices; it must have " + LEAST + " to " + MOST);
    }
    if (topK < LEAST || topK > cohort.size()) {
      throw new IllegalArgumentException(
          "The most alike "
              + topK
              + " of a cohort of "
              + cohort.size()
              + "; it must be "
              + LEAST
              + " to that");
    }
    this.cohort = VectorMatrix.of(cohort);
    this.topK = topK;
  }

  @Override
  public CohortStatistics of(float[] vector) {
    return statistics(cohort.cosines(vector));
  }

  @Override
  public List<CohortStatistics> ofAll(List<float[]> vectors) {
    CohortStatistics[] all = new CohortStatistics[vectors.size()];
    cohort.compare(vectors, (query, cosines) -> all[query] = statistics(cosines));
    return List.of(all);
  }

  /** Sorts the cosines that it is given. */
  private CohortStatistics statistics(float[] cosines) {
    int size = cohort.size();
    Arrays.sort(cosines, 0, size);
    double sum = 0;
    for (int i = size - topK; i < size; i++) {
      sum += cosines[i];
    }
    double mean = sum / topK;
    double squares = 0;
    for (int i = size - topK; i < size; i++) {
      squares += (cosines[i] - mean) * (cosines[i] - mean);
    }
    return new CohortStatistics(mean, Math.max(Math.sqrt(squares / topK), LEAST_DEVIATION));
  }
}
