package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.SameConv1d;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.TdnnBlock;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import org.jspecify.annotations.Nullable;

/** The building block of ECAPA-TDNN: bottleneck, Res2Net, squeeze and excitation, residual. */
final class SeRes2NetBlock extends Layer {
  private final TdnnBlock before;
  private final Res2NetBlock res2net;
  private final TdnnBlock after;
  private final SqueezeExcitation excitation;
  private final @Nullable SameConv1d shortcut;

  SeRes2NetBlock(long in, long out, int scale, long seChannels, Taps taps, int groups) {
    Taps single = new Taps(1, 1, taps.mode());
    before = child("tdnn1", new TdnnBlock(in, out, single, groups));
    res2net = child("res2net_block", new Res2NetBlock(out, scale, taps));
    after = child("tdnn2", new TdnnBlock(out, out, single, groups));
    excitation = child("se_block", new SqueezeExcitation(out, seChannels));
    shortcut = in == out ? null : child("shortcut", SameConv1d.pointwise(in, out));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray residual = shortcut == null ? x : shortcut.apply(store, x, training);
    NDArray y = before.apply(store, x, training);
    y = res2net.apply(store, y, training);
    y = after.apply(store, y, training);
    return excitation.apply(store, y, training).add(residual);
  }

  /** The same on rows, with copies of the present weights that the manager owns. */
  SeRes2NetInference inference(NDManager manager) {
    return new SeRes2NetInference(
        TdnnInference.of(before, manager),
        res2net.inference(manager),
        TdnnInference.of(after, manager),
        Affine.of(excitation.squeeze).dense(manager),
        Affine.of(excitation.excite).dense(manager),
        shortcut == null ? null : Affine.of(shortcut).dense(manager));
  }

  @Override
  public Shape outputShape(Shape input) {
    return before.outputShape(input);
  }
}
