package io.voxtag.evaluation.training;

import io.voxtag.scoring.EqualErrorRate;
import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.VerificationMetrics;
import io.voxtag.voiceprint.training.Evaluator;

/** From scores to what a run wants to know. */
final class Qualities {
  private static final double TARGET_PRIOR = 0.01;

  private Qualities() {}

  static Evaluator.Quality of(TrialScores scores) {
    VerificationMetrics metrics = scores.metrics();
    EqualErrorRate rate = metrics.equalErrorRate();
    return new Evaluator.Quality(rate.rate(), metrics.minDcf(TARGET_PRIOR), rate.threshold());
  }
}
