package io.voxtag.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trials with the voice that each is about. Trials of one voice are not independent: that one is
 * easy or hard in all of them. Intervals are therefore those of the subsets bootstrap, which draws
 * whole voices with replacement (R. M. Bolle, N. K. Ratha and S. Pankanti, "Error analysis of
 * pattern recognition systems: the subsets bootstrap", 2004). Not thread-safe.
 */
public final class ClusteredTrials {

  private record Scored(int cluster, double score, boolean target) {}

  private final Map<String, Integer> clusters = new LinkedHashMap<>();
  private final List<Scored> trials = new ArrayList<>();

  /**
   * Adds a trial.
   *
   * @param voice that was enrolled
   * @param score the higher, the more alike; finite
   * @param target whether both sides are one speaker
   * @throws InvalidTrialsException if the score is NaN or infinite
   */
  public void add(String voice, double score, boolean target) {
    if (!Double.isFinite(score)) {
      throw new InvalidTrialsException(
          "A trial of " + voice + " has score " + score + "; it must be finite");
    }
    int cluster = clusters.computeIfAbsent(voice, name -> clusters.size());
    trials.add(new Scored(cluster, score, target));
  }

  /** Voices so far. */
  public int voices() {
    return clusters.size();
  }

  /**
   * The error rates of all trials.
   *
   * @throws InvalidTrialsException if there is no trial of one of the two kinds
   */
  public VerificationMetrics metrics() {
    TrialScores scores = new TrialScores();
    trials.forEach(trial -> scores.add(trial.score(), trial.target()));
    return scores.metrics();
  }

  /**
   * Where the equal error rate lies.
   *
   * @param replicates draws, at least 1
   * @param confidence share of them inside, above 0 and below 1
   * @param seed of the draws
   */
  public Interval equalErrorRate(int replicates, double confidence, long seed) {
    Sorted sorted = new Sorted(this);
    return interval(
        replicates, confidence, seed, clusters.size(), weights -> sorted.equalErrorRate(weights));
  }

  /**
   * Where the difference of equal error rates lies, that of these trials less that of others on the
   * same questions: both are drawn together, so that what is hard for both cancels out.
   *
   * @param others trials of the same voices
   * @throws InvalidTrialsException if the voices are not the same
   */
  public Interval difference(ClusteredTrials others, int replicates, double confidence, long seed) {
    if (!clusters.keySet().equals(others.clusters.keySet())) {
      throw new InvalidTrialsException(
          "A difference between trials of "
              + clusters.size()
              + " voices and of "
              + others.clusters.size()
              + "; they must be the same voices");
    }
    int[] place = new int[clusters.size()];
    clusters.forEach((voice, cluster) -> place[cluster] = others.clusters.get(voice));
    Sorted here = new Sorted(this);
    Sorted there = new Sorted(others);
    int[] moved = new int[place.length];
    return interval(
        replicates,
        confidence,
        seed,
        place.length,
        weights -> {
          for (int i = 0; i < place.length; i++) {
            moved[place[i]] = weights[i];
          }
          return here.equalErrorRate(weights) - there.equalErrorRate(moved);
        });
  }

  private interface Statistic {
    double of(int[] weights);
  }

  private static Interval interval(
      int replicates, double confidence, long seed, int voices, Statistic statistic) {
    if (replicates < 1 || !(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "%d draws with a confidence of %s; at least 1 draw, a confidence between 0 and 1"
              .formatted(replicates, confidence));
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[replicates];
    int count = 0;
    for (int i = 0; i < replicates; i++) {
      int[] weights = new int[voices];
      for (int draw = 0; draw < voices; draw++) {
        weights[random.nextInt(voices)]++;
      }
      double value = statistic.of(weights);
      // Of very few voices a draw may hold trials of one kind only, which say nothing.
      if (!Double.isNaN(value)) {
        values[count++] = value;
      }
    }
    if (count == 0) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Arrays.sort(values, 0, count);
    double tail = (1 - confidence) / 2;
    return new Interval(
        values[(int) Math.floor(tail * (count - 1))],
        values[(int) Math.ceil((1 - tail) * (count - 1))]);
  }

  /** Trials by rising score, for many weightings of their voices. */
  private static final class Sorted {

    private final int[] cluster;
    private final double[] score;
    private final boolean[] target;

    Sorted(ClusteredTrials trials) {
      List<Scored> rising =
          trials.trials.stream().sorted(Comparator.comparingDouble(Scored::score)).toList();
      int count = rising.size();
      cluster = new int[count];
      score = new double[count];
      target = new boolean[count];
      for (int i = 0; i < count; i++) {
        cluster[i] = rising.get(i).cluster();
        score[i] = rising.get(i).score();
        target[i] = rising.get(i).target();
      }
    }

    /** As {@link VerificationMetrics#equalErrorRate()}, with trials counted by their weights. */
    double equalErrorRate(int[] weights) {
      long targets = 0;
      long nonTargets = 0;
      for (int i = 0; i < score.length; i++) {
        if (target[i]) {
          targets += weights[cluster[i]];
        } else {
          nonTargets += weights[cluster[i]];
        }
      }
      if (targets == 0 || nonTargets == 0) {
        return Double.NaN;
      }
      long missed = 0;
      long refused = 0;
      double missBefore = 0;
      double falseAlarmBefore = 1;
      for (int i = 0; i < score.length; ) {
        double threshold = score[i];
        while (i < score.length && score[i] <= threshold) {
          if (target[i]) {
            missed += weights[cluster[i]];
          } else {
            refused += weights[cluster[i]];
          }
          i++;
        }
        double miss = (double) missed / targets;
        double falseAlarm = (double) (nonTargets - refused) / nonTargets;
        if (miss >= falseAlarm) {
          double gap = miss - falseAlarm;
          double gapBefore = falseAlarmBefore - missBefore;
          return missBefore + gapBefore / (gapBefore + gap) * (miss - missBefore);
        }
        missBefore = miss;
        falseAlarmBefore = falseAlarm;
      }
      throw new AssertionError("At the highest score every trial is rejected");
    }
  }
}
