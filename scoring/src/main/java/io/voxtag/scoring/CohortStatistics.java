package io.voxtag.scoring;

/**
 * How alike a voice is to the most alike voices of a cohort of strangers: what its scores are
 * measured against.
 *
 * @param mean of its cosines with them
 * @param deviation of these cosines, above 0
 */
public record CohortStatistics(double mean, double deviation) {

  /** Leaves scores as they are. */
  public static final CohortStatistics NEUTRAL = new CohortStatistics(0, 1);

  /**
   * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
   */
  public CohortStatistics {
    if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "Mean " + mean + " and deviation " + deviation + "; must be finite and above 0");
    }
  }

  /**
   * The mean of the score as each side sees it: in deviations above the mean of its cohort. It does
   * not matter which side is which.
   *
   * @param score cosine of the two voices
   * @param other statistics of the other voice, with the same cohort
   */
  public double normalise(double score, CohortStatistics other) {
    return ((score - mean) / deviation + (score - other.mean) / other.deviation) / 2;
  }
}
