package io.voxtag.voiceprint.training.data;

/**
 * The part of an utterance that crops are cut from: a row of samples, or of frames of features.
 * Thread-safe.
 */
public interface TrainingClip {

  /** Index of the utterance in its list. */
  int source();

  /** Number of samples or frames. */
  int length();

  /** Values of a sample, 1, or of a frame, its bins. */
  int width();

  /**
   * Copies samples or frames; beyond the end the clip begins anew.
   *
   * @param from the first sample or frame
   * @param target a whole number of them
   * @throws java.io.UncheckedIOException if the clip lies in a file that cannot be read, or no
   *     longer
   */
  void read(int from, float[] target);
}
