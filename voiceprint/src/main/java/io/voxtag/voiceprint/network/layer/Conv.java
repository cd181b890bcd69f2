package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * Convolution over frames, [batch, in, frames] to [batch, out, frames], or over bins and frames,
 * [batch, in, bins, frames] to [batch, out, bins, frames].
 */
public final class Conv extends Layer {
  private final long out;
  private final Window window;
  private final int groups;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** Makes one whose weights, and bias if it has one, start as PyTorch's do. */
  public Conv(long in, long out, Window window, int groups, boolean hasBias) {
    this(in, out, window, groups, Initial.fanIn(fanIn(in, groups, window)), hasBias);
  }

  private Conv(long in, long out, Window window, int groups, Initializer initial, boolean hasBias) {
    if (in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          groups + " groups do not divide " + in + " channels in and " + out + " out");
    }
    this.out = out;
    this.window = window;
    this.groups = groups;
    long[] shape = new Shape(out, in / groups).addAll(window.kernel()).getShape();
    weight = parameter("weight", Parameter.Type.WEIGHT, initial, shape);
    Initializer even = Initial.fanIn(fanIn(in, groups, window));
    bias = hasBias ? parameter("bias", Parameter.Type.BIAS, even, out) : null;
  }

  private static long fanIn(long in, int groups, Window window) {
    return in / groups * window.kernel().size();
  }

  /** One without a bias, for what normalisation follows. */
  public static Conv plain(long in, long out, Window window) {
    return new Conv(in, out, window, 1, false);
  }

  /** One without a bias whose weights start normal (He et al., 2015) with a variance by fan-out. */
  public static Conv residual(long in, long out, Window window) {
    Initializer initial = Initial.he(out * window.kernel().size());
    return new Conv(in, out, window, 1, initial, false);
  }

  /** One whose weights start normal (He et al., 2015) with a variance by fan-in. */
  public static Conv rectified(long in, long out, Window window, boolean hasBias) {
    Initializer initial = Initial.he(fanIn(in, 1, window));
    return new Conv(in, out, window, 1, initial, hasBias);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray w = store.getValue(weight, x.getDevice(), training);
    return apply(x, w, bias == null ? null : store.getValue(bias, x.getDevice(), training));
  }

  /** The same with other weights. */
  NDArray apply(NDArray x, NDArray weights, @Nullable NDArray biases) {
    return x.getNDArrayInternal()
        .convolution(
            x, weights, biases, window.stride(), window.padding(), window.dilation(), groups)
        .singletonOrThrow();
  }

  /** Weights [out, in / groups, kernel...]. */
  public Parameter weight() {
    return weight;
  }

  /** Biases [out], if it has any. */
  public @Nullable Parameter bias() {
    return bias;
  }

  /** Parts that the channels are filtered in, apart from each other. */
  public int groups() {
    return groups;
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape result = new Shape(input.get(0), out);
    for (int axis = 0; axis < window.kernel().dimension(); axis++) {
      result = result.add(window.over(input.get(axis + 2), axis));
    }
    return result;
  }
}
