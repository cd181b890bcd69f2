package io.voxtag.voiceprint.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
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
 * ResNet (He et al.: "Deep Residual Learning for Image Recognition", 2015) over bins and frames, as
 * speaker recognition has it: a first convolution without stride, four stages of which each has
 * twice the channels of the one before and half its bins and frames, and a linear map of what is
 * pooled: [batch, frames, bins] to [batch, embedding].
 */
public final class ResNet extends StatisticsNetwork {
  private static final int BOTTLENECK_EXPANSION = 4;

  private final Normed first;
  private final List<Stack> stages = new ArrayList<>();
  private final PoolingLayer pooling;
  private final FinalMap last;
  private final long widest;

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public ResNet(NamedArguments arguments) {
    int bins = arguments.integer("input_size", 80, 1, 1 << 14);
    int embedding = arguments.integer("embd_dim", 256, 1, 1 << 14);
    Pooling kind = Pooling.of(arguments.text("pooling_type", "TSTP"));
    boolean bottleneck = arguments.flag("bottleneck", false);
    List<Integer> blocks = arguments.tuple("num_blocks", List.of(3, 4, 6, 3), 1, 128);
    long planes = arguments.integer("m_channels", 32, 1, 1 << 12);

    first = normed("conv1", "bn1", Conv.residual(1, planes, Window.square(3, 1, 1, 1)));
    Shape input = new Shape(1, 1, bins, 100);
    Shape shape = first.outputShape(input);
    long most = shape.size();
    long channels = planes;
    for (int stage = 0; stage < blocks.size(); stage++) {
      List<Layer> layers = new ArrayList<>();
      long out = bottleneck ? planes * BOTTLENECK_EXPANSION : planes;
      for (int i = 0; i < blocks.get(stage); i++) {
        int stride = i == 0 && stage > 0 ? 2 : 1;
        layers.add(
            bottleneck
                ? ResidualBlock.bottleneck(channels, planes, out, stride)
                : ResidualBlock.basic(channels, planes, stride));
        channels = out;
      }
      Stack stack = child("layer" + (stage + 1), new Stack(layers));
      stages.add(stack);
      shape = stack.outputShape(shape);
      most = Math.max(most, shape.size());
      planes *= 2;
    }
    widest = most / input.get(3);
    long pooled = channels * shape.get(2);
    pooling = child("pool", kind.create(pooled, Pooling.ATTENTION_CHANNELS, true));
    last = new FinalMap(child("seg_1", new Linear(kind.factor() * pooled, embedding)), null);
  }

  @Override
  protected NDArray pool(ParameterStore store, NDArray features, boolean training) {
    NDArray image = features.swapAxes(1, 2).expandDims(1);
    NDArray y = Activation.relu(first.apply(store, image, training));
    for (Stack stage : stages) {
      y = stage.apply(store, y, training);
    }
    Shape shape = y.getShape();
    NDArray frames = y.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
    return pooling.apply(store, frames, training);
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
