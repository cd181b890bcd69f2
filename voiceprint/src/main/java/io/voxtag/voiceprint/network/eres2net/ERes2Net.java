package io.voxtag.voiceprint.network.eres2net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.FinalMap;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Linear;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Stack;
import io.voxtag.voiceprint.network.layer.StatisticsNetwork;
import io.voxtag.voiceprint.network.layer.Window;
import io.voxtag.voiceprint.network.pooling.Pooling;
import io.voxtag.voiceprint.network.pooling.PoolingLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ERes2Net (Chen et al.: "An Enhanced Res2Net with Local and Global Feature Fusion for Speaker
 * Verification", 2023) and ERes2NetV2 (Chen et al.: "ERes2NetV2: Boosting Short-Duration Speaker
 * Verification Performance with Computational Efficiency", 2024): [batch, frames, bins] to [batch,
 * embedding]. The first fuses the results of all stages, the second those of the last two.
 */
public final class ERes2Net extends StatisticsNetwork {
  private static final int STAGES = 4;
  private static final int LAST_UNFUSED_STAGE = 2;

  private final Normed first;
  private final List<Stack> stages = new ArrayList<>();
  private final int firstFused;
  private final List<Conv> downsamplings = new ArrayList<>();
  private final List<AttentiveFusion> fusions = new ArrayList<>();
  private final PoolingLayer pooling;
  private final @Nullable Linear inner;
  private final @Nullable BatchNorm innerNorm;
  private final FinalMap last;
  private final long widest;

  private ERes2Net(NamedArguments arguments, Version version, int expansion) {
    int bins = arguments.integer("input_size", 80, 1, 1 << 14);
    int embedding = arguments.integer("embd_dim", 192, 1, 1 << 14);
    Pooling kind = Pooling.of(arguments.text("pooling_type", "TSTP"));
    long channels = arguments.integer("m_channels", 32, 2, 1 << 12);
    int baseWidth = arguments.integer("base_width", version.baseWidth, 1, 1 << 10);
    if (channels * baseWidth < ERes2NetBlock.WIDTH_UNIT) {
      throw arguments.wrong(
          "base_width",
          baseWidth,
          "at least %d / m_channels, which is %d".formatted(ERes2NetBlock.WIDTH_UNIT, channels));
    }
    ERes2NetBlock.Sizes sizes =
        new ERes2NetBlock.Sizes(baseWidth, arguments.integer("scale", 2, 1, 32), expansion);
    List<Integer> blocks = arguments.tuple("num_blocks", List.of(3, 4, 6, 3), 1, 64);

    first = normed("conv1", "bn1", Conv.plain(1, channels, Window.square(3, 1, 1, 1)));
    Shape input = new Shape(1, 1, bins, 100);
    Shape shape = first.outputShape(input);
    long most = shape.size();
    long planes = channels;
    for (int stage = 1; stage <= STAGES; stage++) {
      Stack stack =
          child("layer" + stage, stage(stage, blocks.get(stage - 1), channels, planes, sizes));
      stages.add(stack);
      shape = stack.outputShape(shape);
      most = Math.max(most, shape.size());
      channels = planes * expansion;
      planes *= 2;
    }
    widest = most / input.get(3);
    firstFused = version.firstFused;
    for (int i = 0; i < version.fusions.size(); i++) {
      // Of the stage that is fused: each has twice the channels of the one before it.
      long out = channels >> (version.fusions.size() - 1 - i);
      Version.Fusion names = version.fusions.get(i);
      Conv conv = Conv.plain(out / 2, out, Window.square(3, 2, 2, 1));
      downsamplings.add(child(names.downsample(), conv));
      fusions.add(child(names.fuse(), new AttentiveFusion(out)));
    }
    long pooledChannels = channels * shape.get(2);
    pooling = child("pooling", kind.create(pooledChannels, Pooling.ATTENTION_CHANNELS, true));
    Linear segment = child("seg_1", new Linear(kind.factor() * pooledChannels, embedding));
    if (arguments.flag("two_emb_layer", false)) {
      inner = segment;
      innerNorm = child("seg_bn_1", BatchNorm.plain(embedding));
      last = new FinalMap(child("seg_2", new Linear(embedding, embedding)), null);
    } else {
      inner = null;
      innerNorm = null;
      last = new FinalMap(segment, null);
    }
  }

  /**
   * Makes an uninitialised network of the first version.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static ERes2Net first(NamedArguments arguments) {
    int multiple = arguments.integer("mul_channel", 1, 1, 8);
    int expansion = arguments.integer("expansion", 2 * multiple, 1, 16);
    if (expansion != 2 * multiple) {
      throw arguments.wrong(
          "expansion", expansion, "twice mul_channel, which is %d".formatted(multiple));
    }
    return new ERes2Net(arguments, Version.FIRST, expansion);
  }

  /**
   * Makes an uninitialised network of the second version.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static ERes2Net second(NamedArguments arguments) {
    return new ERes2Net(arguments, Version.SECOND, arguments.integer("expansion", 2, 1, 16));
  }

  private static Stack stage(
      int stage, int count, long in, long planes, ERes2NetBlock.Sizes sizes) {
    boolean fused = stage > LAST_UNFUSED_STAGE;
    List<Layer> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int stride = i == 0 && stage > 1 ? 2 : 1;
      long channels = i == 0 ? in : planes * sizes.expansion();
      blocks.add(new ERes2NetBlock(channels, planes, stride, fused, sizes));
    }
    return new Stack(blocks);
  }

  @Override
  protected NDArray pool(ParameterStore store, NDArray features, boolean training) {
    NDArray image = features.swapAxes(1, 2).expandDims(1);
    NDArray y = Activation.relu(first.apply(store, image, training));
    NDArray fused = y;
    for (int stage = 1; stage <= STAGES; stage++) {
      y = stages.get(stage - 1).apply(store, y, training);
      fused = stage <= firstFused ? y : fuse(stage - 1 - firstFused, store, y, fused, training);
    }
    Shape shape = fused.getShape();
    NDArray frames = fused.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
    NDArray pooled = pooling.apply(store, frames, training);
    if (inner == null || innerNorm == null) {
      return pooled;
    }
    NDArray hidden = Activation.relu(inner.apply(store, pooled, training));
    return innerNorm.apply(store, hidden, training);
  }

  private NDArray fuse(
      int number, ParameterStore store, NDArray y, NDArray before, boolean training) {
    NDArray down = downsamplings.get(number).apply(store, before, training);
    return fusions.get(number).applyScoped(store, y.concat(down, 1), training);
  }

  @Override
  protected FinalMap last() {
    return last;
  }

  @Override
  protected long leastFrames() {
    return 1;
  }

  @Override
  protected long widest() {
    return widest;
  }
}
