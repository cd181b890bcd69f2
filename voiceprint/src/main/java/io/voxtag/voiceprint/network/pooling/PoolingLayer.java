package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.network.layer.Layer;

/**
 * A layer that makes one vector of the frames: [batch, channels, frames] to [batch, statistics].
 */
public abstract class PoolingLayer extends Layer {

  /** The same on rows, with copies of the present weights that the manager owns. */
  public abstract PoolingInference inference(NDManager manager);
}
