package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Window;

/** The first layer over frames, which halves their number. */
final class FirstLayer extends Layer {
  private final Normed conv;
  private final Rectifier rectifier;

  FirstLayer(Rectifier.Kind kind, long in, long out) {
    Conv plain = Conv.rectified(in, out, Window.frames(5, 2, 2, 1), false);
    conv = normed("linear", "nonlinear.batchnorm", plain);
    rectifier = child("nonlinear.prelu", new Rectifier(kind, out));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return rectifier.apply(store, conv.apply(store, x, training), training);
  }

  @Override
  public Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
