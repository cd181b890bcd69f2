package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;

/** A pooling on rows. */
@FunctionalInterface
interface PoolingInference {

  /**
   * Pools the frames of each window.
   *
   * @param x [rows, channels]; it may be changed
   * @return [batch, statistics], a new array
   */
  NDArray apply(FrameRows frames, NDArray x);
}
