package io.voxtag.scoring.diarization;

import java.util.Arrays;
import java.util.List;

/**
 * Decides all windows from the groups of some, as a sequence of turns: each voice is a normal
 * distribution around its mean, of one variance for all, and a {@linkplain TurnTaking chain} of
 * speakers joins the windows. Voices whose windows others take over disappear.
 */
final class Smoothing {

  /** Windows overlap threefold, so each counts as a third (the acoustic scale of VBx). */
  private static final double EVIDENCE = 1.0 / 3;

  /** Probability that another one speaks half a second later, in speech without a pause. */
  private static final double HANDOVER = 0.2;

  private static final double HANDOVER_AFTER_PAUSE = 0.5;
  private static final int ROUNDS = 3;
  private static final double LEAST_VARIANCE = 1e-6;

  private Smoothing() {}

  /**
   * @param sample vectors that are clustered already
   * @param clusters their clusters, numbered from 0
   * @param least how many voices should be left
   */
  static Grouping of(
      List<SpeechPiece> pieces,
      List<float[]> vectors,
      List<float[]> sample,
      int[] clusters,
      int least) {
    double[] handover = handover(pieces);
    TurnTaking chain = new TurnTaking(logLikelihoods(vectors, sample, clusters), handover);
    int[] path = path(chain, least);
    int[] labels = Labels.numbered(path);
    boolean settled = false;
    for (int round = 1; round < ROUNDS && !settled; round++) {
      chain = new TurnTaking(logLikelihoods(vectors, vectors, labels), handover);
      path = path(chain, least);
      int[] next = Labels.numbered(path);
      settled = Arrays.equals(next, labels);
      labels = next;
    }
    return new Grouping(labels, certainty(chain, path), Means.directions(vectors, labels));
  }

  /** Without the chain's smoothing where that would leave too few voices. */
  private static int[] path(TurnTaking chain, int least) {
    int[] path = chain.path();
    return Labels.count(Labels.numbered(path)) < least ? chain.mostLikely() : path;
  }

  private static double[] handover(List<SpeechPiece> pieces) {
    double[] handover = new double[pieces.size()];
    for (int i = 1; i < handover.length; i++) {
      boolean pause = pieces.get(i).region() != pieces.get(i - 1).region();
      handover[i] = pause ? HANDOVER_AFTER_PAUSE : HANDOVER;
    }
    return handover;
  }

  /** [windows, voices] up to a constant a window. */
  private static double[][] logLikelihoods(
      List<float[]> vectors, List<float[]> clustered, int[] labels) {
    double[][] means = Means.of(clustered, labels);
    double precision = EVIDENCE / variance(clustered, labels, means);
    double[][] logLikelihoods = new double[vectors.size()][means.length];
    for (int i = 0; i < logLikelihoods.length; i++) {
      for (int k = 0; k < means.length; k++) {
        logLikelihoods[i][k] = -0.5 * precision * squaredDistance(vectors.get(i), means[k]);
      }
    }
    return logLikelihoods;
  }

  /** Of one dimension, around the mean of a vector's own group. */
  private static double variance(List<float[]> vectors, int[] labels, double[][] means) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += squaredDistance(vectors.get(i), means[labels[i]]);
    }
    return Math.max(LEAST_VARIANCE, sum / labels.length / means[0].length);
  }

  private static double[] certainty(TurnTaking chain, int[] path) {
    double[][] posteriors = chain.posteriors();
    double[] certainty = new double[path.length];
    for (int i = 0; i < path.length; i++) {
      certainty[i] = posteriors[i][path[i]];
    }
    return certainty;
  }

  private static double squaredDistance(float[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < b.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
}
