package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.FinalMap;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Linear;
import io.voxtag.voiceprint.network.layer.Stack;
import io.voxtag.voiceprint.network.layer.StatisticsNetwork;
import io.voxtag.voiceprint.network.pooling.Pooling;
import io.voxtag.voiceprint.network.pooling.PoolingLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CAM++ (Wang et al.: "CAM++: A Fast and Efficient Network for Speaker Verification Using
 * Context-Aware Masking", 2023): [batch, frames, bins] to [batch, embedding].
 */
public final class CamPlusPlus extends StatisticsNetwork {
  private static final List<Integer> LAYERS = List.of(12, 24, 16);
  private static final List<Integer> DILATIONS = List.of(1, 2, 2);

  private final ConvolutionalHead head;
  private final Stack trunk;
  private final PoolingLayer pooling;
  private final FinalMap last;
  private final long widest;

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public CamPlusPlus(NamedArguments arguments) {
    int bins = arguments.integer("input_size", 80, 1, 1 << 14);
    int embedding = arguments.integer("embd_dim", 512, 1, 1 << 14);
    Pooling kind = Pooling.of(arguments.text("pooling_type", "TSTP"));
    long growth = arguments.integer("growth_rate", 32, 2, 1 << 10);
    long width = arguments.integer("bn_size", 4, 1, 64) * growth;
    Rectifier.Kind rectifier = rectifier(arguments);

    head = child("head", new ConvolutionalHead());
    Shape frames = head.outputShape(new Shape(1, 1, bins));
    Map<String, Layer> layers = new LinkedHashMap<>();
    long channels = arguments.integer("init_channels", 128, 1, 1 << 12);
    layers.put("tdnn", new FirstLayer(rectifier, frames.get(1), channels));
    for (int i = 0; i < LAYERS.size(); i++) {
      Map<String, Layer> block = new LinkedHashMap<>();
      for (int k = 1; k <= LAYERS.get(i); k++) {
        block.put(
            "tdnnd" + k, new DenseLayer(rectifier, channels, growth, width, DILATIONS.get(i)));
        channels += growth;
      }
      layers.put("block" + (i + 1), new Stack(block));
      layers.put("transit" + (i + 1), new Transition(rectifier, channels, channels / 2));
      channels /= 2;
    }
    layers.put("out_nonlinear", new NormRectifier(rectifier, channels));
    trunk = child("xvector", new Stack(layers));
    pooling =
        child(
            "xvector.stats",
            kind == Pooling.TSTP
                ? Pooling.pureDeviation()
                : kind.create(channels, Pooling.ATTENTION_CHANNELS, true));
    last =
        new FinalMap(
            child(
                "xvector.dense.linear", Linear.asConvolution(kind.factor() * channels, embedding)),
            child("xvector.dense.nonlinear.batchnorm", BatchNorm.plain(embedding)));
    // The blocks have half as many frames, and at most twice as many channels as they end with.
    widest = Math.max((long) ConvolutionalHead.PLANES * bins, 2 * channels);
  }

  private static Rectifier.Kind rectifier(NamedArguments arguments) {
    String name = arguments.text("config_str", "batchnorm-relu");
    return switch (name) {
      case "batchnorm-relu" -> Rectifier.Kind.PLAIN;
      case "batchnorm-prelu" -> Rectifier.Kind.LEARNT;
      default -> throw arguments.wrong("config_str", name, "'batchnorm-relu' or 'batchnorm-prelu'");
    };
  }

  @Override
  protected NDArray pool(ParameterStore store, NDArray features, boolean training) {
    NDArray frames = head.applyScoped(store, features, training);
    NDArray y = trunk.applyScoped(store, frames, training);
    return pooling.apply(store, y, training);
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
