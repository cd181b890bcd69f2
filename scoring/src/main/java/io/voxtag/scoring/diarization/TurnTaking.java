package io.voxtag.scoring.diarization;

import java.util.Arrays;

/**
 * A hidden Markov chain whose states are speakers: who speaks goes on speaking, or hands over to
 * any of the others with the same probability. Smooths the scores of windows over time, as the
 * chain of VBx does (Landini et al., "Bayesian HMM clustering of x-vector sequences (VBx) in
 * speaker diarization", 2022).
 *
 * @param logLikelihoods [windows, speakers], natural logarithms up to a constant a window
 * @param handover [windows] probability that another one speaks than in the window before, above 0
 *     and at most 0.5; the first one is not used
 */
@SuppressWarnings("ArrayRecordComponent") // made for one computation
record TurnTaking(double[][] logLikelihoods, double[] handover) {

  /** The most probable sequence of speakers (Viterbi, 1967), one a window. */
  int[] path() {
    int windows = logLikelihoods.length;
    int speakers = logLikelihoods[0].length;
    int[][] previous = new int[windows][speakers];
    double[] best = logLikelihoods[0].clone();
    for (int t = 1; t < windows; t++) {
      int leader = argMax(best);
      double stay = Math.log1p(-handover[t]);
      double hand = logHand(t, speakers);
      double[] next = new double[speakers];
      for (int k = 0; k < speakers; k++) {
        boolean stays = k == leader || best[k] + stay >= best[leader] + hand;
        previous[t][k] = stays ? k : leader;
        next[k] = (stays ? best[k] + stay : best[leader] + hand) + logLikelihoods[t][k];
      }
      best = next;
    }
    int[] path = new int[windows];
    path[windows - 1] = argMax(best);
    for (int t = windows - 1; t > 0; t--) {
      path[t - 1] = previous[t][path[t]];
    }
    return path;
  }

  /** The most likely speaker of each window by itself. */
  int[] mostLikely() {
    return Arrays.stream(logLikelihoods).mapToInt(TurnTaking::argMax).toArray();
  }

  /** [windows, speakers] how probable each is, given all windows (forward-backward). */
  double[][] posteriors() {
    int windows = logLikelihoods.length;
    double[][] forward = new double[windows][];
    double[] prior = uniform(logLikelihoods[0].length);
    for (int t = 0; t < windows; t++) {
      forward[t] = normalized(times(t == 0 ? prior : step(forward[t - 1], t), likelihoods(t)));
    }
    double[] backward = uniform(prior.length);
    for (int t = windows - 1; t > 0; t--) {
      double[] seen = times(backward, likelihoods(t));
      forward[t] = normalized(times(forward[t], backward));
      backward = normalized(step(seen, t));
    }
    forward[0] = normalized(times(forward[0], backward));
    return forward;
  }

  /** One step of the chain, which is symmetric and so the same forwards and backwards. */
  private double[] step(double[] weights, int t) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double hand = weights.length == 1 ? 0 : handover[t] / (weights.length - 1);
    double[] next = new double[weights.length];
    for (int k = 0; k < next.length; k++) {
      next[k] = hand * (sum - weights[k]) + (1 - handover[t]) * weights[k];
    }
    return next;
  }

  private double[] likelihoods(int t) {
    double most = logLikelihoods[t][argMax(logLikelihoods[t])];
    double[] likelihoods = new double[logLikelihoods[t].length];
    for (int k = 0; k < likelihoods.length; k++) {
      likelihoods[k] = Math.exp(logLikelihoods[t][k] - most);
    }
    return likelihoods;
  }

  private double logHand(int t, int speakers) {
    return Math.log(handover[t]) - Math.log(Math.max(1, speakers - 1));
  }

  private static double[] uniform(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1.0 / count);
    return weights;
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int k = 0; k < product.length; k++) {
      product[k] = a[k] * b[k];
    }
    return product;
  }

  private static double[] normalized(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] > values[best]) {
        best = k;
      }
    }
    return best;
  }
}
