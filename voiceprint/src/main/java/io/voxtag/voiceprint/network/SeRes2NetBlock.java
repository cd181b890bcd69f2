package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** The building block of ECAPA-TDNN: bottleneck, Res2Net, squeeze and excitation, residual. */
final class SeRes2NetBlock extends Layer {
  private final TdnnBlock before;
  private final Res2NetBlock res2net;
  private final TdnnBlock after;
  private final SqueezeExcitation excitation;
  private final @Nullable Conv1d shortcut;

  SeRes2NetBlock(
      long in,
      long out,
      int scale,
      long seChannels,
      int kernel,
      int dilation,
      int groups,
      PaddingMode mode) {
    before = child("tdnn1", new TdnnBlock(in, out, 1, 1, groups, mode));
    res2net = child("res2net_block", new Res2NetBlock(out, scale, kernel, dilation, mode));
    after = child("tdnn2", new TdnnBlock(out, out, 1, 1, groups, mode));
    excitation = child("se_block", new SqueezeExcitation(out, seChannels));
    shortcut = in == out ? null : child("shortcut", Conv1d.pointwise(in, out));
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray residual = shortcut == null ? x : shortcut.apply(store, x, training);
    NDArray y = before.apply(store, x, training);
    y = res2net.apply(store, y, training);
    y = after.apply(store, y, training);
    return excitation.apply(store, y, training).add(residual);
  }

  /** The same on rows, with copies of the present weights that the manager owns. */
  SeRes2NetInference inference(NDManager manager) {
    return new SeRes2NetInference(
        before.inference(manager),
        res2net.inference(manager),
        after.inference(manager),
        Affine.of(excitation.squeeze).dense(manager),
        Affine.of(excitation.excite).dense(manager),
        shortcut == null ? null : Affine.of(shortcut).dense(manager));
  }

  @Override
  Shape outputShape(Shape input) {
    return before.outputShape(input);
  }
}
