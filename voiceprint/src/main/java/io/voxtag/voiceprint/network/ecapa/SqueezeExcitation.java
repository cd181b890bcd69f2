package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.SameConv1d;

/** Scales each channel by what the whole input says of it (Hu et al., 2018). */
final class SqueezeExcitation extends Layer {
  final SameConv1d squeeze;
  final SameConv1d excite;

  SqueezeExcitation(long channels, long bottleneck) {
    squeeze = child("conv1", SameConv1d.pointwise(channels, bottleneck));
    excite = child("conv2", SameConv1d.pointwise(bottleneck, channels));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray mean = x.mean(new int[] {2}, true);
    NDArray hidden = Activation.relu(squeeze.apply(store, mean, training));
    return x.mul(Activation.sigmoid(excite.apply(store, hidden, training)));
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }
}
