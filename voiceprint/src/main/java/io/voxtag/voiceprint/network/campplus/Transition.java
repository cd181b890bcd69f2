package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Window;

/** Makes fewer channels behind a dense block: [batch, in, frames] to [batch, out, frames]. */
final class Transition extends Layer {
  private final NormRectifier activation;
  private final Conv conv;

  Transition(Rectifier.Kind kind, long in, long out) {
    activation = child("nonlinear", new NormRectifier(kind, in));
    conv = child("linear", Conv.rectified(in, out, Window.frame(), false));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return conv.apply(store, activation.apply(store, x, training), training);
  }

  @Override
  public Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
