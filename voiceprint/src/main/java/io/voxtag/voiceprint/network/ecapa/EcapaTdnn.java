package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.Inferable;
import io.voxtag.voiceprint.network.Inference;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.FinalMap;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Nested;
import io.voxtag.voiceprint.network.layer.PaddingMode;
import io.voxtag.voiceprint.network.layer.SameConv1d;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.TdnnBlock;
import io.voxtag.voiceprint.network.pooling.Pooling;
import io.voxtag.voiceprint.network.pooling.PoolingLayer;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ECAPA-TDNN (Desplanques, Thienpondt, Demuynck: "ECAPA-TDNN: Emphasized Channel Attention,
 * Propagation and Aggregation in TDNN Based Speaker Verification", 2020): [batch, frames, bins] to
 * [batch, embedding].
 */
public final class EcapaTdnn extends Layer implements LinearEmbedding, Inferable {

  /**
   * The size of a network.
   *
   * @param channels of the first layer, of each block and of the aggregation
   * @param kernelSizes of the same, in frames
   * @param dilations of the same, in frames
   * @param embeddingNorm true to normalise the embedding over the batch: without it a small network
   *     spends long on embeddings that all point the same way
   */
  record Config(
      int inputSize,
      int embeddingSize,
      Pooling pooling,
      List<Integer> channels,
      List<Integer> kernelSizes,
      List<Integer> dilations,
      List<Integer> groups,
      int attentionChannels,
      int res2netScale,
      int seChannels,
      boolean globalContext,
      boolean embeddingNorm,
      PaddingMode paddingMode) {

    Config {
      if (channels.size() < 3) {
        throw new IllegalArgumentException(
            "channels " + channels + " must have a first layer, blocks and the aggregation");
      }
      sameSize("kernel_sizes", kernelSizes, channels);
      sameSize("dilations", dilations, channels);
      sameSize("groups", groups, channels);
    }

    private static void sameSize(String name, List<Integer> values, List<Integer> channels) {
      if (values.size() != channels.size()) {
        throw new IllegalArgumentException(
            name + " " + values + " must have as many values as channels " + channels);
      }
    }

    /** The original project has used two names for it. */
    private static int embeddingSize(NamedArguments arguments) {
      int older = arguments.integer("lin_neurons", 192, 1, 1 << 14);
      return arguments.integer("embd_dim", older, 1, 1 << 14);
    }

    private Taps taps(int layer) {
      return new Taps(kernelSizes.get(layer), dilations.get(layer), paddingMode);
    }

    static Config of(NamedArguments arguments) {
      List<Integer> channels =
          arguments.integers("channels", List.of(512, 512, 512, 512, 1536), 1, 1 << 14);
      List<Integer> single = channels.stream().map(c -> 1).toList();
      return new Config(
          arguments.integer("input_size", 80, 1, 1 << 14),
          embeddingSize(arguments),
          Pooling.of(arguments.text("pooling_type", "ASP")),
          channels,
          arguments.integers("kernel_sizes", List.of(5, 3, 3, 3, 1), 1, 31),
          arguments.integers("dilations", List.of(1, 2, 3, 4, 1), 1, 64),
          arguments.integers("groups", single, 1, 1 << 14),
          arguments.integer("attention_channels", 128, 1, 1 << 14),
          arguments.integer("res2net_scale", 8, 2, 64),
          arguments.integer("se_channels", 128, 1, 1 << 14),
          arguments.flag("global_context", true),
          arguments.flag("embedding_norm", false),
          PaddingMode.of(arguments.text("padding_mode", "reflect")));
    }
  }

  private final int embeddingSize;
  private final int widest;
  private final TdnnBlock first;
  private final List<SeRes2NetBlock> blocks = new ArrayList<>();
  private final TdnnBlock aggregation;
  private final PoolingLayer pooling;
  private final BatchNorm statisticsNorm;
  private final Layer poolingNorm;
  private final SameConv1d embedding;
  private final @Nullable BatchNorm embeddingNorm;

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public EcapaTdnn(NamedArguments arguments) {
    this(Config.of(arguments));
  }

  private EcapaTdnn(Config config) {
    embeddingSize = config.embeddingSize();
    List<Integer> channels = config.channels();
    int last = channels.size() - 1;
    int joined = 0;
    first =
        child(
            "blocks.0",
            new TdnnBlock(
                config.inputSize(), channels.get(0), config.taps(0), config.groups().get(0)));
    for (int i = 1; i < last; i++) {
      joined += channels.get(i);
      blocks.add(
          child(
              "blocks." + i,
              new SeRes2NetBlock(
                  channels.get(i - 1),
                  channels.get(i),
                  config.res2netScale(),
                  config.seChannels(),
                  config.taps(i),
                  config.groups().get(i))));
    }
    int width = channels.get(last);
    widest = Math.max(joined, width);
    aggregation =
        child("mfa", new TdnnBlock(joined, width, config.taps(last), config.groups().get(last)));
    pooling =
        child(
            "asp",
            config.pooling().create(width, config.attentionChannels(), config.globalContext()));
    long pooled = (long) config.pooling().factor() * width;
    // Only the attentive statistics' normalisation is nested in the original's state dict.
    statisticsNorm = new BatchNorm(pooled);
    poolingNorm =
        child(
            "asp_bn",
            config.pooling() == Pooling.ASP ? new Nested("norm", statisticsNorm) : statisticsNorm);
    embedding = child("fc", SameConv1d.pointwise(pooled, embeddingSize));
    embeddingNorm = config.embeddingNorm() ? child("embd_bn", new BatchNorm(embeddingSize)) : null;
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = statistics(store, x, training);
    y = embedding.apply(store, y.expandDims(2), training).squeeze(2);
    return embeddingNorm == null ? y : embeddingNorm.apply(store, y, training);
  }

  @Override
  public NDArray statistics(ParameterStore store, NDArray x, boolean training) {
    NDArray y = first.apply(store, x.swapAxes(1, 2), training);
    NDList outputs = new NDList();
    for (SeRes2NetBlock block : blocks) {
      y = block.apply(store, y, training);
      outputs.add(y);
    }
    y = aggregation.apply(store, NDArrays.concat(outputs, 1), training);
    return poolingNorm.apply(store, pooling.apply(store, y, training), training);
  }

  /** The same without training, with copies of the present weights that the manager owns. */
  @Override
  public Inference inference(NDManager manager) {
    Affine map = Affine.of(embedding).after(statisticsNorm.factors());
    if (embeddingNorm != null) {
      map = map.then(embeddingNorm.factors());
    }
    return new EcapaInference(
        widest,
        TdnnInference.of(first, manager),
        blocks.stream().map(block -> block.inference(manager)).toList(),
        TdnnInference.of(aggregation, manager),
        pooling.inference(manager),
        map.dense(manager));
  }

  @Override
  public Projection projection() {
    requireLinearEnd();
    return FinalMap.projection(embedding.weight(), embedding.bias());
  }

  @Override
  public void setProjection(Projection projection) {
    requireLinearEnd();
    FinalMap.assign(projection, embedding.weight(), embedding.bias());
  }

  private void requireLinearEnd() {
    if (embeddingNorm != null) {
      throw new IllegalArgumentException("with embedding_norm the last layer is not linear");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), embeddingSize);
  }
}
