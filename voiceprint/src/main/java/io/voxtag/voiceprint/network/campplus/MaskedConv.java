package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Window;

/**
 * A convolution whose output is scaled by what its context says of each channel: the mean of the
 * whole input and that of the segment of frames which a frame is in.
 */
final class MaskedConv extends Layer {
  private static final int SEGMENT_FRAMES = 100;
  private static final int REDUCTION = 2;

  private final Conv conv;
  private final Conv squeeze;
  private final Conv excite;

  MaskedConv(long in, long out, Window window) {
    conv = child("linear_local", Conv.rectified(in, out, window, false));
    squeeze = child("linear1", Conv.rectified(in, in / REDUCTION, Window.frame(), true));
    excite = child("linear2", Conv.rectified(in / REDUCTION, out, Window.frame(), true));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    long frames = x.getShape().get(2);
    // The same for all frames of a segment, and so computed once for each.
    NDArray context = x.mean(new int[] {2}, true).add(segments(x, frames));
    NDArray hidden = Activation.relu(squeeze.apply(store, context, training));
    NDArray mask = Activation.sigmoid(excite.apply(store, hidden, training));
    NDArray y = conv.apply(store, x, training);
    if (frames <= SEGMENT_FRAMES) {
      return y.mul(mask);
    }
    NDArray each = mask.repeat(2, SEGMENT_FRAMES);
    return y.mul(each.get(new NDIndex().addAllDim().addAllDim().addSliceDim(0, frames)));
  }

  /** Means of segments, of which the last may be shorter: [batch, channels, segments]. */
  private static NDArray segments(NDArray x, long frames) {
    if (frames <= SEGMENT_FRAMES) {
      return x.mean(new int[] {2}, true);
    }
    Shape length = new Shape(SEGMENT_FRAMES);
    return Pool.avgPool1d(x, length, length, new Shape(0), true, false);
  }

  @Override
  public Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }
}
