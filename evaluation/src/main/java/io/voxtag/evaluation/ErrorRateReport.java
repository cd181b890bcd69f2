package io.voxtag.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.scoring.Calibration;
import io.voxtag.scoring.EqualErrorRate;
import io.voxtag.scoring.ErrorRates;
import io.voxtag.scoring.VerificationMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Error rates on one scale of scores, as the report holds them; rates are fractions, not per cent.
 *
 * @param targets trials of one speaker
 * @param nonTargets trials of two speakers
 * @param eer equal error rate
 * @param threshold score at the equal error rate
 * @param tpr share of trials of one speaker above that threshold
 * @param fpr share of trials of two speakers above that threshold
 * @param minDcf lowest detection cost at a prior of 0.01
 * @param minDcfAtPrior lowest detection cost at the prior that was asked for
 * @param minCllr lowest cost of log-likelihood ratios, bits
 * @param atModelThreshold what the threshold of the model does; null where it is for another scale
 * @param calibrated what the calibration of the model is worth; null where it has none for this
 *     scale
 * @param det operating points by rising threshold: threshold, miss rate, false alarm rate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorRateReport(
    int targets,
    int nonTargets,
    double eer,
    double threshold,
    double tpr,
    double fpr,
    double minDcf,
    double minDcfAtPrior,
    double minCllr,
    @Nullable AtThreshold atModelThreshold,
    @Nullable Calibrated calibrated,
    List<List<Double>> det) {

  /** The prior of {@code minDcf}. */
  public static final double USUAL_PRIOR = 0.01;

  private static final int DET_POINTS = 500;

  /** Rates at a threshold. */
  public record AtThreshold(double threshold, double tpr, double fpr) {}

  /**
   * Scores as log-likelihood ratios.
   *
   * @param cllr their cost, bits
   * @param actualDcf detection cost at the prior that was asked for, where a trial is accepted if
   *     the ratio says so at that prior
   */
  public record Calibrated(double cllr, double actualDcf) {}

  /**
   * The report of trials.
   *
   * @param prior probability of a trial of one speaker, above 0 and below 1
   * @param modelThreshold of this scale; null where there is none
   * @param calibration of this scale; null where there is none
   */
  public static ErrorRateReport of(
      VerificationMetrics metrics,
      double prior,
      @Nullable Double modelThreshold,
      @Nullable Calibration calibration) {
    EqualErrorRate eer = metrics.equalErrorRate();
    ErrorRates there = metrics.at(eer.threshold());
    return new ErrorRateReport(
        metrics.targets(),
        metrics.nonTargets(),
        eer.rate(),
        eer.threshold(),
        there.tpr(),
        there.fpr(),
        metrics.minDcf(USUAL_PRIOR),
        metrics.minDcf(prior),
        metrics.minCllr(),
        modelThreshold == null ? null : at(metrics.at(modelThreshold)),
        calibration == null ? null : calibrated(metrics.calibrated(calibration), prior),
        metrics.detPoints(DET_POINTS).stream()
            // JSON has no infinity; accepting everything needs no point.
            .filter(point -> Double.isFinite(point.threshold()))
            .map(point -> List.of(point.threshold(), point.miss(), point.falseAlarm()))
            .toList());
  }

  private static AtThreshold at(ErrorRates rates) {
    return new AtThreshold(rates.threshold(), rates.tpr(), rates.fpr());
  }

  private static Calibrated calibrated(VerificationMetrics ratios, double prior) {
    return new Calibrated(ratios.cllr(), ratios.dcf(Math.log((1 - prior) / prior), prior));
  }
}
