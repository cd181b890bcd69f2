package io.voxtag.scoring;

import java.util.Arrays;

/**
 * Collects the scores of verification trials one by one: 8 bytes a trial, up to two thousand
 * million of each kind. Not thread-safe.
 */
public final class TrialScores {

  private static final int FIRST_CAPACITY = 1024;

  private double[] targets = new double[FIRST_CAPACITY];
  private double[] nonTargets = new double[FIRST_CAPACITY];
  private int targetCount;
  private int nonTargetCount;

  /**
   * Adds a trial.
   *
   * @param score the higher, the more alike; any finite number
   * @param sameSpeaker whether both sides are one speaker (a target trial)
   * @throws InvalidTrialsException if the score is NaN or infinite
   */
  public void add(double score, boolean sameSpeaker) {
    if (!Double.isFinite(score)) {
      throw new InvalidTrialsException(
          "Trial "
              + (targetCount + nonTargetCount)
              + " has score "
              + score
              + "; it must be finite");
    }
    if (sameSpeaker) {
      targets = withRoom(targets, targetCount);
      targets[targetCount++] = score;
    } else {
      nonTargets = withRoom(nonTargets, nonTargetCount);
      nonTargets[nonTargetCount++] = score;
    }
  }

  /** Adds the trials of others. */
  public void addAll(VerificationMetrics trials) {
    for (double score : trials.targetScores()) {
      add(score, true);
    }
    for (double score : trials.nonTargetScores()) {
      add(score, false);
    }
  }

  /** Trials of one speaker so far. */
  public int targets() {
    return targetCount;
  }

  /** Trials of two speakers so far. */
  public int nonTargets() {
    return nonTargetCount;
  }

  /**
   * The error rates of the trials so far; later trials do not change them.
   *
   * @throws InvalidTrialsException if there is no trial of one of the two kinds
   */
  public VerificationMetrics metrics() {
    return new VerificationMetrics(
        Arrays.copyOf(targets, targetCount), Arrays.copyOf(nonTargets, nonTargetCount));
  }

  private static double[] withRoom(double[] values, int count) {
    return count < values.length ? values : Arrays.copyOf(values, Math.multiplyExact(count, 2));
  }
}
