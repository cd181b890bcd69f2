package io.voxtag.scoring;

/**
 * What a threshold does: a trial is accepted where its score is above the threshold.
 *
 * @param threshold the threshold, on the scale of the scores; negative infinity accepts all
 * @param miss share of same-speaker trials that are rejected, 0 to 1
 * @param falseAlarm share of different-speaker trials that are accepted, 0 to 1
 */
public record ErrorRates(double threshold, double miss, double falseAlarm) {

  /** True positive rate: share of same-speaker trials that are accepted, 0 to 1. */
  public double tpr() {
    return 1 - miss;
  }

  /** False positive rate, 0 to 1: another name for {@link #falseAlarm()}. */
  public double fpr() {
    return falseAlarm;
  }
}
