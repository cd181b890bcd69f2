package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.network.rows.FrameRows;

/** A pooling on rows. */
@FunctionalInterface
public interface PoolingInference {

  /**
   * Pools the frames of each window.
   *
   * @param x [rows, channels]; it may be changed
   * @return [batch, statistics], a new array
   */
  NDArray apply(FrameRows frames, NDArray x);
}
