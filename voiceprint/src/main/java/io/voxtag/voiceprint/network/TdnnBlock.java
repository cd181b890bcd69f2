package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;

/** Convolution, ReLU, batch normalisation: [batch, in, frames] to [batch, out, frames]. */
final class TdnnBlock extends Layer {
  final Conv1d conv;
  final Layer norm;
  final BatchNorm1d batchNorm;

  TdnnBlock(long in, long out, int kernel, int dilation, int groups, PaddingMode mode) {
    conv = child("conv", new Conv1d(in, out, kernel, dilation, groups, mode));
    batchNorm = new BatchNorm1d(out);
    norm = child("norm", new Nested("norm", batchNorm));
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return norm.apply(store, Activation.relu(conv.apply(store, x, training)), training);
  }

  /** The same on rows, with copies of the present weights that the manager owns. */
  TdnnInference inference(NDManager manager) {
    return new TdnnInference(manager, conv, batchNorm.factors());
  }

  @Override
  Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
