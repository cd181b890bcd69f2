package io.voxtag.voiceprint.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Shortcut;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The bottleneck of Res2Net: groups of channels, each filtered together with the result of the one
 * before it, the last left as it is. In the first block of a stage they are filtered apart, and the
 * last is averaged instead.
 */
final class Res2NetBlock extends Layer {
  static final int EXPANSION = 4;

  /** Planes that make groups of the base width. */
  static final int WIDTH_UNIT = 64;

  private static final Shape POOL = new Shape(3, 3);
  private static final Shape POOL_PADDING = new Shape(1, 1);

  private final boolean stage;
  private final int scale;
  private final Shape poolStride;
  private final Normed before;
  private final List<Normed> filters = new ArrayList<>();
  private final Normed after;
  private final Shortcut shortcut;

  Res2NetBlock(long in, long planes, int stride, boolean stage, int baseWidth, int scale) {
    this.stage = stage;
    this.scale = scale;
    poolStride = new Shape(stride, stride);
    long width = planes * baseWidth / WIDTH_UNIT;
    before = normed("conv1", "bn1", Conv.residual(in, width * scale, Window.point(1)));
    for (int i = 0; i < Math.max(1, scale - 1); i++) {
      Conv conv = Conv.residual(width, width, Window.square(3, stride, stride, 1));
      filters.add(normed("convs." + i, "bns." + i, conv));
    }
    after =
        normed("conv3", "bn3", Conv.residual(width * scale, planes * EXPANSION, Window.point(1)));
    shortcut = child("downsample", new Shortcut(in, planes * EXPANSION, stride));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDList groups = Activation.relu(before.apply(store, x, training)).split(scale, 1);
    NDList results = new NDList();
    for (int i = 0; i < filters.size(); i++) {
      NDArray input = groups.get(i);
      if (i > 0 && !stage) {
        input = input.add(results.get(i - 1));
      }
      results.add(Activation.relu(filters.get(i).apply(store, input, training)));
    }
    if (scale > 1) {
      NDArray rest = groups.get(scale - 1);
      results.add(stage ? Pool.avgPool2d(rest, POOL, poolStride, POOL_PADDING, false, true) : rest);
    }
    NDArray y = after.apply(store, NDArrays.concat(results, 1), training);
    return Activation.relu(y.add(shortcut.apply(store, x, training)));
  }

  @Override
  public Shape outputShape(Shape input) {
    return after.outputShape(filters.get(0).outputShape(input));
  }
}
