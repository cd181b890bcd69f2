package io.voxtag.voiceprint.network.eres2net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Window;

/**
 * Adds two inputs by shares that an attention gives each of their values (Dai et al.: "Attentional
 * Feature Fusion", 2021; for speakers Chen et al., 2023).
 */
final class AttentiveFusion extends Layer {
  static final int REDUCTION = 4;

  private final Normed squeeze;
  private final Normed excite;

  AttentiveFusion(long channels) {
    long hidden = channels / REDUCTION;
    squeeze =
        normed(
            "local_att.0", "local_att.1", new Conv(2 * channels, hidden, Window.point(1), 1, true));
    excite =
        normed("local_att.3", "local_att.4", new Conv(hidden, channels, Window.point(1), 1, true));
  }

  /** The inputs one behind the other: [batch, 2 channels, bins, frames]. */
  @Override
  public NDArray apply(ParameterStore store, NDArray both, boolean training) {
    NDArray hidden = squeeze.apply(store, both, training);
    NDArray active = hidden.mul(Activation.sigmoid(hidden));
    NDArray share = excite.apply(store, active, training).tanh();
    NDList parts = both.split(2, 1);
    NDArray x = parts.get(0);
    NDArray y = parts.get(1);
    // x (1 + share) + y (1 - share), in fewer passes.
    return x.sub(y).mul(share).add(x).add(y);
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), input.get(1) / 2, input.get(2), input.get(3));
  }
}
