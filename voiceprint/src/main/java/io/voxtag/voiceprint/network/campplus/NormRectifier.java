package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.Layer;

/** Normalisation and rectifier before a convolution: [batch, channels, frames] to the same. */
final class NormRectifier extends Layer {
  private final BatchNorm norm;
  private final Rectifier rectifier;

  NormRectifier(Rectifier.Kind kind, long channels) {
    norm = child("batchnorm", new BatchNorm(channels));
    rectifier = child("prelu", new Rectifier(kind, channels));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return rectifier.apply(store, norm.apply(store, x, training), training);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }
}
