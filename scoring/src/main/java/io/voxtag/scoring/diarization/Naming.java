package io.voxtag.scoring.diarization;

import java.util.Arrays;

/** Gives clusters the names of known voices: nobody is in two clusters. */
public final class Naming {

  /** Stands for a cluster that is nobody's who is known. */
  public static final int NOBODY = Assignment.NONE;

  private Naming() {}

  /**
   * Pairs clusters with voices one to one, only where the score exceeds the threshold, so that the
   * sum of what the scores exceed it by is largest.
   *
   * @param scores [clusters, voices] how alike they are
   * @return for each cluster its voice, or {@link #NOBODY}
   */
  public static int[] assign(double[][] scores, double threshold) {
    double[][] gains =
        Arrays.stream(scores)
            .map(row -> Arrays.stream(row).map(s -> Math.max(0, s - threshold)).toArray())
            .toArray(double[][]::new);
    int[] voices = Assignment.largestSum(gains);
    for (int cluster = 0; cluster < voices.length; cluster++) {
      if (voices[cluster] != Assignment.NONE && gains[cluster][voices[cluster]] <= 0) {
        voices[cluster] = NOBODY;
      }
    }
    return voices;
  }
}
