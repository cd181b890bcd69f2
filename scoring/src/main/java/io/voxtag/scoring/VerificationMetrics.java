package io.voxtag.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Error rates of speaker verification over a set of trials. A trial is accepted where its score is
 * above the threshold, so equal scores fall on the same side. Immutable and thread-safe; made in
 * O(n log n), every question is answered in O(n) or better.
 */
public final class VerificationMetrics {

  private final double[] targets;
  private final double[] nonTargets;

  VerificationMetrics(double[] targets, double[] nonTargets) {
    if (targets.length == 0 || nonTargets.length == 0) {
      throw new InvalidTrialsException(
          "Error rates need trials of one speaker and of two speakers; there are "
              + targets.length
              + " and "
              + nonTargets.length);
    }
    this.targets = sorted(targets);
    this.nonTargets = sorted(nonTargets);
  }

  /**
   * The metrics of these trials.
   *
   * @param scores the higher, the more alike; finite
   * @param sameSpeaker for each score whether both sides are one speaker
   * @throws InvalidTrialsException if the lengths differ, a score is not finite, or there is no
   *     trial of one of the two kinds
   */
  public static VerificationMetrics of(double[] scores, boolean[] sameSpeaker) {
    if (scores.length != sameSpeaker.length) {
      throw new InvalidTrialsException(
          scores.length + " scores with " + sameSpeaker.length + " labels; there must be as many");
    }
    TrialScores trials = new TrialScores();
    for (int i = 0; i < scores.length; i++) {
      trials.add(scores[i], sameSpeaker[i]);
    }
    return trials.metrics();
  }

  /** Not copied: for this package alone. */
  double[] targetScores() {
    return targets;
  }

  /** Not copied: for this package alone. */
  double[] nonTargetScores() {
    return nonTargets;
  }

  /** Trials of one speaker. */
  public int targets() {
    return targets.length;
  }

  /** Trials of two speakers. */
  public int nonTargets() {
    return nonTargets.length;
  }

  /**
   * The equal error rate. The threshold is the lowest score at which the miss rate is no longer
   * below the false alarm rate; where the two are not equal there, the rate is interpolated
   * linearly between that operating point and the one before it.
   */
  public EqualErrorRate equalErrorRate() {
    Sweep sweep = new Sweep();
    double missBefore = 0;
    double falseAlarmBefore = 1;
    while (sweep.next()) {
      double miss = sweep.miss();
      double falseAlarm = sweep.falseAlarm();
      if (miss >= falseAlarm) {
        double gap = miss - falseAlarm;
        double gapBefore = falseAlarmBefore - missBefore;
        double share = gapBefore / (gapBefore + gap);
        return new EqualErrorRate(missBefore + share * (miss - missBefore), sweep.threshold);
      }
      missBefore = miss;
      falseAlarmBefore = falseAlarm;
    }
    throw new AssertionError("At the highest score every trial is rejected");
  }

  /** {@link #minDcf(double, double, double)} with both costs 1. */
  public double minDcf(double targetPrior) {
    return minDcf(targetPrior, 1, 1);
  }

  /**
   * The lowest detection cost over all thresholds, normalised by the cost of the better of
   * accepting and rejecting everything (NIST speaker recognition evaluations).
   *
   * @param targetPrior probability of a same-speaker trial, above 0 and below 1
   * @param missCost cost of a miss, above 0
   * @param falseAlarmCost cost of a false alarm, above 0
   * @return from 0 to 1
   */
  public double minDcf(double targetPrior, double missCost, double falseAlarmCost) {
    requireCosts(targetPrior, missCost, falseAlarmCost);
    double missWeight = missCost * targetPrior;
    double falseAlarmWeight = falseAlarmCost * (1 - targetPrior);
    double least = falseAlarmWeight;
    Sweep sweep = new Sweep();
    while (sweep.next()) {
      least = Math.min(least, missWeight * sweep.miss() + falseAlarmWeight * sweep.falseAlarm());
    }
    return least / Math.min(missWeight, falseAlarmWeight);
  }

  /**
   * The detection cost at a threshold with both costs 1, normalised like {@link #minDcf(double)},
   * which it is never below; above 1 where rejecting everything would be better.
   *
   * @param targetPrior probability of a same-speaker trial, above 0 and below 1
   */
  public double dcf(double threshold, double targetPrior) {
    requireCosts(targetPrior, 1, 1);
    ErrorRates rates = at(threshold);
    double cost = targetPrior * rates.miss() + (1 - targetPrior) * rates.falseAlarm();
    return cost / Math.min(targetPrior, 1 - targetPrior);
  }

  /**
   * The cost in bits of the scores read as natural log-likelihood ratios (Cllr): 0 for perfect
   * ones, 1 for those that say nothing, any more for those that mislead. Its source is that of
   * {@link Calibration}.
   */
  public double cllr() {
    return LikelihoodRatioCost.of(targets, nonTargets);
  }

  /**
   * The lowest {@link #cllr()} that any rising map from scores to ratios reaches, from 0 to 1: what
   * is lost by telling apart, the rest being lost by calibration.
   */
  public double minCllr() {
    return LikelihoodRatioCost.least(targets, nonTargets);
  }

  /**
   * The map to log-likelihood ratios that fits these trials best, by logistic regression.
   *
   * @param targetPrior where the fit has to be best, above 0 and below 1
   * @throws InvalidTrialsException if scores of one speaker are not above those of two
   */
  public Calibration calibration(double targetPrior) {
    requireCosts(targetPrior, 1, 1);
    return CalibrationFit.of(targets, nonTargets, targetPrior);
  }

  /** The metrics of the same trials with scores as log-likelihood ratios. */
  public VerificationMetrics calibrated(Calibration calibration) {
    return new VerificationMetrics(
        Arrays.stream(targets).map(calibration::logLikelihoodRatio).toArray(),
        Arrays.stream(nonTargets).map(calibration::logLikelihoodRatio).toArray());
  }

  /** The error rates where scores above the threshold are accepted. */
  public ErrorRates at(double threshold) {
    return new ErrorRates(
        threshold,
        (double) atMost(targets, threshold) / targets.length,
        (double) (nonTargets.length - atMost(nonTargets, threshold)) / nonTargets.length);
  }

  /**
   * The threshold with the lowest miss rate among those whose false alarm rate is at most the given
   * one, 0 to 1.
   */
  public ErrorRates atFalseAlarmRate(double falseAlarmRate) {
    if (!(falseAlarmRate >= 0 && falseAlarmRate <= 1)) {
      throw new IllegalArgumentException(
          "A false alarm rate of " + falseAlarmRate + "; it must lie between 0 and 1");
    }
    int accepted = (int) Math.floor(falseAlarmRate * nonTargets.length + 1e-9);
    double threshold =
        accepted == nonTargets.length
            ? Double.NEGATIVE_INFINITY
            : nonTargets[nonTargets.length - 1 - accepted];
    return at(threshold);
  }

  /**
   * Operating points for a detection error trade-off curve by rising threshold, from accepting all
   * to rejecting all.
   *
   * @param most how many at most, at least 2; the first and the last are always among them
   */
  public List<ErrorRates> detPoints(int most) {
    if (most < 2) {
      throw new IllegalArgumentException("A curve of " + most + " points; it needs at least 2");
    }
    List<ErrorRates> all = new ArrayList<>();
    all.add(new ErrorRates(Double.NEGATIVE_INFINITY, 0, 1));
    // Points are spread evenly along the curve's length in both rates, not over scores.
    double step = 2.0 / (most - 1);
    double due = step;
    Sweep sweep = new Sweep();
    while (sweep.next()) {
      double travelled = sweep.miss() + 1 - sweep.falseAlarm();
      if (travelled >= due - 1e-12 || sweep.atEnd()) {
        all.add(new ErrorRates(sweep.threshold, sweep.miss(), sweep.falseAlarm()));
        due = (Math.floor(travelled / step + 1e-9) + 1) * step;
      }
    }
    return List.copyOf(all);
  }

  private static void requireCosts(double targetPrior, double missCost, double falseAlarmCost) {
    if (!(targetPrior > 0 && targetPrior < 1 && missCost > 0 && falseAlarmCost > 0)) {
      throw new IllegalArgumentException(
          "Detection cost with a prior of "
              + targetPrior
              + " and costs "
              + missCost
              + " and "
              + falseAlarmCost
              + "; the prior must lie between 0 and 1 and costs above 0");
    }
  }

  private static double[] sorted(double[] values) {
    Arrays.parallelSort(values);
    return values;
  }

  /** How many of the ascending values are at most the limit. */
  private static int atMost(double[] ascending, double limit) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Walks over all different scores in rising order, each taken as the threshold. */
  private final class Sweep {

    private int rejectedTargets;
    private int rejectedNonTargets;
    private double threshold = Double.NEGATIVE_INFINITY;

    boolean atEnd() {
      return rejectedTargets == targets.length && rejectedNonTargets == nonTargets.length;
    }

    boolean next() {
      if (atEnd()) {
        return false;
      }
      double target = head(targets, rejectedTargets);
      double nonTarget = head(nonTargets, rejectedNonTargets);
      threshold = Math.min(target, nonTarget);
      rejectedTargets = after(targets, rejectedTargets);
      rejectedNonTargets = after(nonTargets, rejectedNonTargets);
      return true;
    }

    private double head(double[] ascending, int from) {
      return from < ascending.length ? ascending[from] : Double.POSITIVE_INFINITY;
    }

    private int after(double[] ascending, int from) {
      int next = from;
      while (next < ascending.length && ascending[next] <= threshold) {
        next++;
      }
      return next;
    }

    double miss() {
      return (double) rejectedTargets / targets.length;
    }

    double falseAlarm() {
      return (double) (nonTargets.length - rejectedNonTargets) / nonTargets.length;
    }
  }
}
