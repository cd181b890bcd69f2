package io.voxtag.trainer.judge;

import io.voxtag.scoring.ClusteredTrials;
import io.voxtag.scoring.ErrorRates;
import io.voxtag.scoring.Interval;
import io.voxtag.scoring.VerificationMetrics;

/**
 * How a model did on a set of trials, at the scale that it decides on.
 *
 * @param eer equal error rate, 0 to 1
 * @param interval where it lies, by drawing voices
 * @param minDcf lowest detection cost with a prior of 0.01 and costs of 1
 * @param miss share of trials of one speaker below the threshold of the model
 * @param falseAlarm share of trials of two speakers above it
 */
public record ErrorSummary(
    double eer, Interval interval, double minDcf, double miss, double falseAlarm) {

  private static final double PRIOR = 0.01;

  static ErrorSummary of(ClusteredTrials trials, double threshold, Judge.Bootstrap bootstrap) {
    VerificationMetrics metrics = trials.metrics();
    ErrorRates rates = metrics.at(threshold);
    return new ErrorSummary(
        metrics.equalErrorRate().rate(),
        trials.equalErrorRate(bootstrap.replicates(), bootstrap.confidence(), bootstrap.seed()),
        metrics.minDcf(PRIOR),
        rates.miss(),
        rates.falseAlarm());
  }
}
