package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDManager;

/**
 * A layer that makes one vector of the frames: [batch, channels, frames] to [batch, statistics].
 */
abstract class PoolingLayer extends Layer {

  /** The same on rows, with copies of the present weights that the manager owns. */
  abstract PoolingInference inference(NDManager manager);
}
