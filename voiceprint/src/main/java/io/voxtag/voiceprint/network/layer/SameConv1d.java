package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Objects;

/** Convolution over frames that keeps their number: [batch, in, frames] to [batch, out, frames]. */
public final class SameConv1d extends Layer {
  private final Taps taps;
  private final Conv conv;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if the kernel is even, or the groups do not divide the
   *     channels
   */
  public SameConv1d(long in, long out, Taps taps, int groups) {
    if (taps.kernel() % 2 == 0) {
      throw new IllegalArgumentException("kernel size " + taps.kernel() + " must be odd");
    }
    this.taps = taps;
    int zeros = taps.mode() == PaddingMode.ZEROS ? taps.reach() : 0;
    Window window = Window.frames(taps.kernel(), 1, zeros, taps.dilation());
    // The state dict of the original nests a plain convolution in its padding one.
    conv = child("conv", new Conv(in, out, window, groups, true));
  }

  /** A convolution that looks at single frames. */
  public static SameConv1d pointwise(long in, long out) {
    return new SameConv1d(in, out, new Taps(1, 1, PaddingMode.ZEROS), 1);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    boolean mirrored = taps.mode() == PaddingMode.REFLECT && taps.reach() > 0;
    return conv.apply(store, mirrored ? reflect(x) : x, training);
  }

  private NDArray reflect(NDArray x) {
    long frames = x.getShape().get(2);
    taps.requireEnough(frames);
    NDArray left = x.get(slice(1, taps.reach() + 1L)).flip(2);
    NDArray right = x.get(slice(frames - taps.reach() - 1, frames - 1)).flip(2);
    return NDArrays.concat(new NDList(left, x, right), 2);
  }

  private static NDIndex slice(long from, long to) {
    return new NDIndex().addAllDim().addAllDim().addSliceDim(from, to);
  }

  /** Weights [out, in / groups, kernel]. */
  public Parameter weight() {
    return conv.weight();
  }

  /** Biases [out]. */
  public Parameter bias() {
    return Objects.requireNonNull(conv.bias());
  }

  /** The frames that it sees of each. */
  public Taps taps() {
    return taps;
  }

  /** The convolution of the input with its ends added. */
  public Conv plain() {
    return conv;
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), weight().getShape().get(0), input.get(2));
  }
}
