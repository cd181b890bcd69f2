package io.voxtag.evaluation;

import io.voxtag.scoring.AsNorm;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.scoring.VerificationMetrics;
import java.util.List;

/**
 * The scale of the scores that a model decides on.
 *
 * @param method whether scores are normalised
 * @param topK voices of the cohort that a voice is measured against; 0 without a cohort
 * @param cohort voices of strangers; may be there though the model decides on cosines
 * @param norm normalised scores; {@link ScoreNorm#NONE} without a cohort
 */
public record ScoreScale(Method method, int topK, List<float[]> cohort, ScoreNorm norm) {

  /** Plain cosines. */
  public static final ScoreScale COSINES =
      new ScoreScale(Method.NONE, 0, List.of(), ScoreNorm.NONE);

  /**
   * A scale with a cohort.
   *
   * @param method of the decision
   * @throws IllegalArgumentException if the cohort or the number does not serve
   */
  public static ScoreScale of(Method method, int topK, List<float[]> cohort) {
    return new ScoreScale(method, topK, cohort, new AsNorm(cohort, topK));
  }

  /** The error rates on this scale. */
  public VerificationMetrics of(ScoredTrials scored) {
    return method == Method.NONE ? scored.cosines() : scored.normalised().orElseThrow();
  }
}
