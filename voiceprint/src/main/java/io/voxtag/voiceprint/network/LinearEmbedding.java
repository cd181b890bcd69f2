package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;

/**
 * A network whose embedding is a linear map of pooled statistics, so that the map can also be found
 * in closed form.
 */
public interface LinearEmbedding {

  /** Pooled statistics of features [batch, frames, bins]: [batch, statistics]. */
  NDArray statistics(ParameterStore store, NDArray features, boolean training);

  /**
   * Replaces the map from statistics to embeddings.
   *
   * @param weight [embedding][statistics]
   * @param bias [embedding]
   */
  void setProjection(float[][] weight, float[] bias);
}
