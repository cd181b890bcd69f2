package io.voxtag.voiceprint.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
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

/**
 * A residual network over bins and frames: a first convolution, four stages of blocks of which all
 * but the first halve bins and frames, pooling, and a normalised linear map.
 */
abstract class ResidualNetwork extends StatisticsNetwork {
  private static final Shape POOL = new Shape(3, 3);
  private static final Shape POOL_STRIDE = new Shape(2, 2);
  private static final Shape POOL_PADDING = new Shape(1, 1);

  private final boolean maxPool;
  private final long leastFrames;
  private final Normed first;
  private final List<Stack> stages = new ArrayList<>();
  private final PoolingLayer pooling;
  private final BatchNorm poolingNorm;
  private final FinalMap last;
  private final long widest;

  /** Makes the blocks of a stage. */
  @FunctionalInterface
  interface BlockFactory {
    /**
     * Makes a block.
     *
     * @param in channels of its input
     * @param planes of the stage, of which it gives a multiple
     * @param stage true for the first block of a stage, which has the stride
     */
    Layer create(long in, long planes, int stride, boolean stage);
  }

  /**
   * What tells such networks apart.
   *
   * @param window of the first convolution
   * @param maxPool whether bins and frames are halved before the stages
   * @param planes of the first convolution's output and the first stage, and of the others
   * @param layers blocks in each stage
   * @param expansion channels that a stage gives for each of its planes
   */
  record Design(
      Window window,
      boolean maxPool,
      List<Long> planes,
      List<Integer> layers,
      int expansion,
      BlockFactory blocks) {

    /** The fewest bins, and frames, that the first convolution takes. */
    int least() {
      return (int) (window.kernel().get(0) - 2 * window.padding().get(0));
    }
  }

  ResidualNetwork(NamedArguments arguments, Design design) {
    leastFrames = design.least();
    int bins = arguments.integer("input_size", 80, design.least(), 1 << 14);
    int embedding = arguments.integer("embd_dim", 192, 1, 1 << 14);
    Pooling kind = Pooling.of(arguments.text("pooling_type", "ASP"));
    maxPool = design.maxPool();
    long channels = design.planes().get(0);
    first = normed("conv1", "bn1", Conv.residual(1, channels, design.window()));
    // Shapes of what a nominal input becomes.
    Shape input = new Shape(1, 1, bins, 100);
    Shape shape = first.outputShape(input);
    long most = shape.size();
    if (maxPool) {
      shape = new Shape(1, channels, halved(shape.get(2)), halved(shape.get(3)));
    }
    for (int stage = 0; stage < design.planes().size(); stage++) {
      List<Layer> blocks = new ArrayList<>();
      long planes = design.planes().get(stage);
      for (int i = 0; i < design.layers().get(stage); i++) {
        int stride = i == 0 && stage > 0 ? 2 : 1;
        blocks.add(design.blocks().create(channels, planes, stride, i == 0));
        channels = planes * design.expansion();
      }
      Stack stack = child("layer" + (stage + 1), new Stack(blocks));
      stages.add(stack);
      shape = stack.outputShape(shape);
      most = Math.max(most, shape.size());
    }
    widest = most / input.get(3);
    long pooledChannels = channels * shape.get(2);
    pooling = child("pooling", kind.create(pooledChannels, Pooling.ATTENTION_CHANNELS, true));
    long pooled = kind.factor() * pooledChannels;
    poolingNorm = child("bn2", new BatchNorm(pooled));
    last =
        new FinalMap(
            child("linear", new Linear(pooled, embedding)), child("bn3", new BatchNorm(embedding)));
  }

  private static long halved(long size) {
    return (size - 1) / 2 + 1;
  }

  @Override
  protected final NDArray pool(ParameterStore store, NDArray features, boolean training) {
    NDArray image = features.swapAxes(1, 2).expandDims(1);
    NDArray y = Activation.relu(first.apply(store, image, training));
    if (maxPool) {
      y = Pool.maxPool2d(y, POOL, POOL_STRIDE, POOL_PADDING, false);
    }
    for (Stack stage : stages) {
      y = stage.apply(store, y, training);
    }
    Shape shape = y.getShape();
    NDArray frames = y.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
    return poolingNorm.apply(store, pooling.apply(store, frames, training), training);
  }

  @Override
  protected final FinalMap last() {
    return last;
  }

  @Override
  protected final long leastFrames() {
    return leastFrames;
  }

  @Override
  protected final long widest() {
    return widest;
  }
}
