package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;

/** A network with copies of its weights, arranged for inference. Immutable and thread-safe. */
public interface Inference {

  /** Channels of its widest activation. */
  long widest();

  /**
   * Whether it takes features as they are and subtracts their mean over time itself, because the
   * mean tells it something; others take features from which that is subtracted.
   */
  default boolean takesLevels() {
    return false;
  }

  /** [batch, frames, bins] to [batch, embedding], on the manager of the features. */
  NDArray embed(NDArray features);
}
