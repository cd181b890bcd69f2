package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Window;

/**
 * A layer that adds channels to its input (Huang et al.: "Densely Connected Convolutional
 * Networks", 2017): [batch, in, frames] to [batch, in + growth, frames].
 */
final class DenseLayer extends Layer {
  private static final int KERNEL = 3;

  private final long growth;
  private final NormRectifier activation;
  private final Normed bottleneck;
  private final Rectifier rectifier;
  private final MaskedConv conv;

  DenseLayer(Rectifier.Kind kind, long in, long growth, long width, int dilation) {
    this.growth = growth;
    activation = child("nonlinear1", new NormRectifier(kind, in));
    Conv narrow = Conv.rectified(in, width, Window.frame(), false);
    bottleneck = normed("linear1", "nonlinear2.batchnorm", narrow);
    rectifier = child("nonlinear2.prelu", new Rectifier(kind, width));
    Window window = Window.frames(KERNEL, 1, dilation * (KERNEL - 1) / 2, dilation);
    conv = child("cam_layer", new MaskedConv(width, growth, window));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = bottleneck.apply(store, activation.apply(store, x, training), training);
    y = conv.apply(store, rectifier.apply(store, y, training), training);
    return x.concat(y, 1);
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), input.get(1) + growth, input.get(2));
  }
}
