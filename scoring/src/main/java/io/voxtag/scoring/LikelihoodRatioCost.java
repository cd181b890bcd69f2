package io.voxtag.scoring;

/**
 * The cost of scores that are read as natural log-likelihood ratios, in bits: 0 for perfect ones, 1
 * for those that say nothing (N. Brümmer and J. du Preez, "Application-independent evaluation of
 * speaker detection", Computer Speech and Language 20, 2006).
 */
final class LikelihoodRatioCost {

  private LikelihoodRatioCost() {}

  /** Cllr of these ratios. */
  static double of(double[] targets, double[] nonTargets) {
    double misses = 0;
    for (double ratio : targets) {
      misses += softplus(-ratio);
    }
    double falseAlarms = 0;
    for (double ratio : nonTargets) {
      falseAlarms += softplus(ratio);
    }
    return (misses / targets.length + falseAlarms / nonTargets.length) / (2 * Math.log(2));
  }

  /**
   * The lowest Cllr that any rising map from scores to ratios reaches, found by pooling adjacent
   * violators: the part of the cost that no calibration can take away.
   *
   * @param targets ascending
   * @param nonTargets ascending
   */
  static double least(double[] targets, double[] nonTargets) {
    Pools pools = new Pools(targets.length + nonTargets.length);
    int t = 0;
    int n = 0;
    while (t < targets.length || n < nonTargets.length) {
      double score =
          Math.min(
              t < targets.length ? targets[t] : Double.POSITIVE_INFINITY,
              n < nonTargets.length ? nonTargets[n] : Double.POSITIVE_INFINITY);
      int firstTarget = t;
      int firstNonTarget = n;
      while (t < targets.length && targets[t] <= score) {
        t++;
      }
      while (n < nonTargets.length && nonTargets[n] <= score) {
        n++;
      }
      pools.add(t - firstTarget, n - firstNonTarget);
    }
    return pools.cost(targets.length, nonTargets.length);
  }

  /** ln(1 + e^x) without overflow. */
  static double softplus(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }

  /**
   * Neighbouring scores that get the same ratio; the share of targets rises from one to the next.
   */
  private static final class Pools {

    private final long[] targets;
    private final long[] nonTargets;
    private int count;

    Pools(int most) {
      targets = new long[most];
      nonTargets = new long[most];
    }

    void add(long moreTargets, long moreNonTargets) {
      targets[count] = moreTargets;
      nonTargets[count] = moreNonTargets;
      count++;
      while (count > 1 && !rises(count - 2, count - 1)) {
        count--;
        targets[count - 1] += targets[count];
        nonTargets[count - 1] += nonTargets[count];
      }
    }

    private boolean rises(int low, int high) {
      return targets[low] * nonTargets[high] < targets[high] * nonTargets[low];
    }

    double cost(int allTargets, int allNonTargets) {
      double misses = 0;
      double falseAlarms = 0;
      for (int i = 0; i < count; i++) {
        // Infinite in a pool of one kind, whose own cost is then none.
        double ratio =
            Math.log((double) targets[i] / allTargets)
                - Math.log((double) nonTargets[i] / allNonTargets);
        misses += targets[i] == 0 ? 0 : targets[i] * softplus(-ratio);
        falseAlarms += nonTargets[i] == 0 ? 0 : nonTargets[i] * softplus(ratio);
      }
      return (misses / allTargets + falseAlarms / allNonTargets) / (2 * Math.log(2));
    }
  }
}
