package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDManager;

/** A network that can be arranged for inference. */
public interface Inferable {

  /** The network with its present weights, in copies that belong to the manager. */
  Inference inference(NDManager manager);
}
