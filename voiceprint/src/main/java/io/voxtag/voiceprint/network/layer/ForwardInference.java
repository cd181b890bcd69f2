package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.network.Inference;

/** Any network for inference: its forward pass with frozen copies of its weights. */
final class ForwardInference implements Inference {
  private final Layer network;
  private final FrozenStore store;
  private final long widest;

  ForwardInference(Layer network, long widest, NDManager manager) {
    this.network = network;
    this.widest = widest;
    store = new FrozenStore(network, manager);
  }

  @Override
  public long widest() {
    return widest;
  }

  @Override
  public NDArray embed(NDArray features) {
    return network.applyScoped(store, features, false);
  }
}
