package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;

/**
 * Turns samples into the frames a network reads. Implementations are immutable and thread-safe;
 * they compute on the device of their input, and intermediate arrays live on its manager.
 */
public interface FeatureExtractor {

  /**
   * Extracts features.
   *
   * @param waveforms samples in [-1, 1], float32, [batch, samples]
   * @return float32, [batch, frames, bins]
   * @throws IllegalArgumentException if there are too few samples for one frame
   */
  NDArray extract(NDArray waveforms);

  /** Features [batch, frames, bins] less their mean over time, as most networks read them. */
  static NDArray withoutMean(NDArray frames) {
    return frames.sub(frames.mean(new int[] {1}, true));
  }

  /** Number of values in a frame. */
  int bins();

  /** The fewest samples that give a frame. */
  int minSamples();
}
