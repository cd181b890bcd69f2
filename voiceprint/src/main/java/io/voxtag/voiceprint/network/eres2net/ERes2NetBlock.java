package io.voxtag.voiceprint.network.eres2net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Shortcut;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A residual block of groups of channels, each filtered together with the result of the one before
 * it: their sum, or their attentive fusion.
 */
final class ERes2NetBlock extends Layer {
  /** Planes that make groups of the base width. */
  static final int WIDTH_UNIT = 64;

  private static final float LARGEST = 20;

  private final Normed before;
  private final List<Normed> filters = new ArrayList<>();

  /** Before the second and later filters; none where inputs are added. */
  private final List<AttentiveFusion> fusions = new ArrayList<>();

  private final Normed after;
  private final Shortcut shortcut;

  /**
   * The sizes that all blocks of a network share.
   *
   * @param baseWidth channels of a group for each 64 planes
   * @param scale groups
   * @param expansion channels that come out for each plane
   */
  record Sizes(int baseWidth, int scale, int expansion) {

    long width(long planes) {
      return planes * baseWidth / WIDTH_UNIT;
    }
  }

  ERes2NetBlock(long in, long planes, int stride, boolean fused, Sizes sizes) {
    long width = sizes.width(planes);
    long joined = width * sizes.scale();
    long out = planes * sizes.expansion();
    before = normed("conv1", "bn1", Conv.plain(in, joined, Window.point(stride)));
    for (int i = 0; i < sizes.scale(); i++) {
      Conv conv = Conv.plain(width, width, Window.square(3, 1, 1, 1));
      filters.add(normed("convs." + i, "bns." + i, conv));
      if (fused && i > 0) {
        fusions.add(child("fuse_models." + (i - 1), new AttentiveFusion(width)));
      }
    }
    after = normed("conv3", "bn3", Conv.plain(joined, out, Window.point(1)));
    shortcut = child("shortcut", new Shortcut(in, out, stride));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDList groups = bounded(before.apply(store, x, training)).split(filters.size(), 1);
    NDList results = new NDList();
    for (int i = 0; i < filters.size(); i++) {
      NDArray input = groups.get(i);
      if (i > 0) {
        NDArray other = results.get(i - 1);
        input =
            fusions.isEmpty()
                ? other.add(input)
                : fusions.get(i - 1).apply(store, other.concat(input, 1), training);
      }
      results.add(bounded(filters.get(i).apply(store, input, training)));
    }
    NDArray y = after.apply(store, NDArrays.concat(results, 1), training);
    return bounded(y.add(shortcut.apply(store, x, training)));
  }

  private static NDArray bounded(NDArray x) {
    return x.clip(0, LARGEST);
  }

  @Override
  public Shape outputShape(Shape input) {
    return after.outputShape(before.outputShape(input));
  }
}
