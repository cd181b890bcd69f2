package io.voxtag.scoring;

import java.util.stream.DoubleStream;

/** Collects the outcomes of searches in a gallery one by one. Not thread-safe. */
public final class IdentificationScores {

  private final DoubleStream.Builder mated = DoubleStream.builder();
  private final DoubleStream.Builder nonMated = DoubleStream.builder();

  /**
   * Adds a search for an enrolled voice.
   *
   * @param score of the best match, finite
   * @param right whether the best match is the speaker
   */
  public void addMated(double score, boolean right) {
    // No threshold makes a wrong name right.
    mated.add(right ? finite(score) : Double.NEGATIVE_INFINITY);
  }

  /**
   * Adds a search for a voice that is not enrolled.
   *
   * @param score of the best match, finite
   */
  public void addNonMated(double score) {
    nonMated.add(finite(score));
  }

  /**
   * The rates of all searches; nothing can be added afterwards.
   *
   * @throws InvalidTrialsException if there are none of one of the two kinds
   */
  public IdentificationMetrics metrics() {
    return new IdentificationMetrics(mated.build().toArray(), nonMated.build().toArray());
  }

  private static double finite(double score) {
    if (!Double.isFinite(score)) {
      throw new InvalidTrialsException("A search has score " + score + "; it must be finite");
    }
    return score;
  }
}
