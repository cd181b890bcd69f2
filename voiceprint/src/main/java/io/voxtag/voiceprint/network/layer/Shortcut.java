package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/**
 * What a residual block adds to its result: its input [batch, in, bins, frames], brought to the
 * result's shape where that is another one.
 */
public final class Shortcut extends Layer {
  private final @Nullable Normed map;

  /** Makes one for a block that moves by the same stride over bins and frames. */
  public Shortcut(long in, long out, int stride) {
    this(in, out, stride, stride);
  }

  /** Makes one. */
  public Shortcut(long in, long out, int binStride, int frameStride) {
    boolean same = in == out && binStride == 1 && frameStride == 1;
    Window window = Window.square(1, binStride, frameStride, 0);
    map = same ? null : normed("0", "1", Conv.residual(in, out, window));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return map == null ? x : map.apply(store, x, training);
  }

  @Override
  public Shape outputShape(Shape input) {
    return map == null ? input : map.outputShape(input);
  }
}
