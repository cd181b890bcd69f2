package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.TdnnBlock;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of channels, each filtered together with the result of the one before it (Gao et al.,
 * "Res2Net: A New Multi-scale Backbone Architecture", 2019).
 */
final class Res2NetBlock extends Layer {
  private final int scale;
  private final List<TdnnBlock> blocks = new ArrayList<>();

  Res2NetBlock(long channels, int scale, Taps taps) {
    if (channels % scale != 0) {
      throw new IllegalArgumentException(
          channels + " channels cannot be split into res2net_scale " + scale + " equal groups");
    }
    this.scale = scale;
    long width = channels / scale;
    for (int i = 0; i < scale - 1; i++) {
      blocks.add(child("blocks." + i, new TdnnBlock(width, width, taps, 1)));
    }
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDList groups = x.split(scale, 1);
    NDList results = new NDList(groups.get(0));
    NDArray before = null;
    for (int i = 1; i < scale; i++) {
      NDArray input = before == null ? groups.get(i) : groups.get(i).add(before);
      before = blocks.get(i - 1).apply(store, input, training);
      results.add(before);
    }
    return NDArrays.concat(results, 1);
  }

  /** The filters of the second and later groups on rows. */
  List<TdnnInference> inference(NDManager manager) {
    return blocks.stream().map(block -> TdnnInference.of(block, manager)).toList();
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }
}
