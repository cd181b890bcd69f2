package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;

/** Convolution, ReLU, batch normalisation: [batch, in, frames] to [batch, out, frames]. */
final class TdnnBlock extends Layer {
  final Conv1d conv;
  final Layer norm;

  TdnnBlock(long in, long out, int kernel, int dilation, int groups, PaddingMode mode) {
    conv = child("conv", new Conv1d(in, out, kernel, dilation, groups, mode));
    norm = child("norm", new Nested("norm", new BatchNorm1d(out)));
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return norm.apply(store, Activation.relu(conv.apply(store, x, training)), training);
  }

  @Override
  Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
