package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** Convolution over frames that keeps their number: [batch, in, frames] to [batch, out, frames]. */
final class Conv1d extends Layer {
  private static final Shape NO_STRIDE = new Shape(1);
  private static final Shape NO_PADDING = new Shape(0);

  final Parameter weight;
  final Parameter bias;
  private final long out;
  private final int pad;
  private final PaddingMode mode;
  private final Shape padding;
  private final Shape dilation;
  final int kernel;
  final int groups;
  private final int dilationFrames;

  Conv1d(long in, long out, int kernel, int dilation, int groups, PaddingMode mode) {
    if (kernel % 2 == 0) {
      throw new IllegalArgumentException("kernel size " + kernel + " must be odd");
    }
    this.out = out;
    this.mode = mode;
    this.kernel = kernel;
    this.groups = groups;
    dilationFrames = dilation;
    this.dilation = new Shape(dilation);
    pad = dilation * (kernel - 1) / 2;
    padding = mode == PaddingMode.ZEROS ? new Shape(pad) : NO_PADDING;
    long fanIn = in / groups * kernel;
    // The state dict of the original nests a plain convolution in its padding one.
    Inner inner = child("conv", new Inner(in / groups, out, kernel, fanIn));
    weight = inner.weight;
    bias = inner.bias;
  }

  /** A convolution that looks at single frames. */
  static Conv1d pointwise(long in, long out) {
    return new Conv1d(in, out, 1, 1, 1, PaddingMode.ZEROS);
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray w = store.getValue(weight, x.getDevice(), training);
    NDArray b = store.getValue(bias, x.getDevice(), training);
    NDArray padded = mode == PaddingMode.REFLECT && pad > 0 ? reflect(x) : x;
    return ai.djl.nn.convolutional.Conv1d.conv1d(padded, w, b, NO_STRIDE, padding, dilation, groups)
        .singletonOrThrow();
  }

  private NDArray reflect(NDArray x) {
    long frames = x.getShape().get(2);
    if (frames <= pad) {
      throw tooFewFrames(frames, pad);
    }
    NDArray left = x.get(slice(1, pad + 1L)).flip(2);
    NDArray right = x.get(slice(frames - pad - 1, frames - 1)).flip(2);
    return NDArrays.concat(new NDList(left, x, right), 2);
  }

  static IllegalArgumentException tooFewFrames(long frames, int pad) {
    return new IllegalArgumentException(
        frames + " frames are too few: more than " + pad + " are needed to mirror the ends");
  }

  /** The frames that it sees of each. */
  FrameRows.Taps taps() {
    return new FrameRows.Taps(kernel, dilationFrames, mode);
  }

  private static NDIndex slice(long from, long to) {
    return new NDIndex().addAllDim().addAllDim().addSliceDim(from, to);
  }

  @Override
  Shape outputShape(Shape input) {
    return new Shape(input.get(0), out, input.get(2));
  }

  /** Holds the parameters under their nested name. */
  private static final class Inner extends Layer {
    final Parameter weight;
    final Parameter bias;

    Inner(long inPerGroup, long out, int kernel, long fanIn) {
      weight =
          parameter("weight", Parameter.Type.WEIGHT, Initial.fanIn(fanIn), out, inPerGroup, kernel);
      bias = parameter("bias", Parameter.Type.BIAS, Initial.fanIn(fanIn), out);
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
      throw new IllegalStateException("the enclosing convolution applies these parameters");
    }

    @Override
    Shape outputShape(Shape input) {
      return input;
    }
  }
}
