package io.voxtag.evaluation;

/**
 * What an evaluation took.
 *
 * @param recordings that were embedded, or taken from memory
 * @param embeddingSeconds reading, decoding and embedding them
 * @param comparisons scores that were computed
 * @param scoringSeconds computing scores, normalised ones too, without sorting them
 */
public record Effort(
    int recordings, double embeddingSeconds, long comparisons, double scoringSeconds) {

  /** Scores a second. */
  public double comparisonsPerSecond() {
    return comparisons / Math.max(scoringSeconds, 1e-9);
  }
}
