package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.network.layer.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several networks side by side over the same features: [batch, frames, bins] to the unit
 * embeddings of all, joined: [batch, sum of the embeddings]. The cosine of two such embeddings is
 * the weighted mean of the networks' cosines, which is score fusion at fixed weights. Networks that
 * err differently decide better together than each alone. A network may look at the lowest bins
 * only, as one for telephone speech does. With {@code narrowband} the weights for speech that came
 * over a telephone are others than those for speech of the whole band; a cosine between the two
 * then counts each network by the root of the product of its two weights.
 */
final class Fusion extends Layer implements Inferable {

  private final List<Block> networks = new ArrayList<>();
  private final int[] lowestBins;
  private final Scales scales;

  /**
   * Makes the networks from {@code networks}, a list of {@code {use_model, model_conf, bins}}, and
   * their {@code weights}, of which only the ratios matter. {@code bins} says how many of the
   * lowest bins a network sees; all where it is missing. Optional {@code narrowband} is {@code
   * {first_bin, weights}}: the lowest bin above the telephone's band, and the weights for what has
   * nothing from there on.
   */
  Fusion(NamedArguments arguments) {
    int bins = arguments.integer("input_size", 80, 1, 1 << 14);
    List<Map<String, ?>> members = arguments.severalNested("networks");
    if (members.size() < 2 || members.size() > 8) {
      throw new IllegalArgumentException(
          "Fusion joins 2 to 8 networks but was given " + members.size());
    }
    List<Double> weights = arguments.numbers("weights", members.stream().map(m -> 1.0).toList());
    Map<String, ?> narrowband = arguments.nested(BandSplit.ARGUMENT);
    scales =
        Scales.of(
            members.size(), weights, narrowband.isEmpty() ? null : BandSplit.of(narrowband, bins));
    lowestBins = new int[members.size()];
    for (int i = 0; i < members.size(); i++) {
      NamedArguments member = new NamedArguments("Fusion network " + i, members.get(i));
      Map<String, Object> inner = new LinkedHashMap<>(member.nested("model_conf"));
      lowestBins[i] = member.integer("bins", bins, 1, bins);
      inner.put("input_size", lowestBins[i]);
      Architecture architecture = Architecture.member(member.text("use_model", ""));
      member.refuseOthers();
      networks.add(child("networks." + i, architecture.create(inner)));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where it tells bands apart, it takes features from which the mean over time is not
   * subtracted, and does so itself; with others all speech is wideband to it.
   */
  @Override
  public NDArray apply(ParameterStore store, NDArray features, boolean training) {
    NDArray x = scales.split() == null ? features : FeatureExtractor.withoutMean(features);
    NDList parts = new NDList();
    NDList factors = scales.factors(features);
    for (int i = 0; i < networks.size(); i++) {
      NDArray seen = lowest(x, lowestBins[i]);
      NDArray embedding =
          networks.get(i).forward(store, new NDList(seen), training).singletonOrThrow();
      parts.add(embedding.normalize(2, 1).mul(factors.get(i)));
    }
    return NDArrays.concat(parts, 1);
  }

  @Override
  public Inference inference(NDManager manager) {
    List<FusionInference.Member> members = new ArrayList<>();
    for (int i = 0; i < networks.size(); i++) {
      Block network = networks.get(i);
      if (!(network instanceof Inferable inferable)) {
        throw new IllegalArgumentException(
            "no inference plan for " + network.getClass().getSimpleName());
      }
      members.add(
          new FusionInference.Member(
              inferable.inference(manager), lowestBins[i], embeddingSize(network, i)));
    }
    return new FusionInference(members, scales);
  }

  /**
   * The lowest bins of features [batch, frames, bins]; the features themselves where that is all.
   */
  static NDArray lowest(NDArray features, int bins) {
    return features.getShape().get(2) == bins
        ? features
        : features.get(new NDIndex().addAllDim().addAllDim().addSliceDim(0, bins));
  }

  @Override
  public Shape outputShape(Shape input) {
    long size = 0;
    for (int i = 0; i < networks.size(); i++) {
      size += embeddingSize(networks.get(i), i);
    }
    return new Shape(input.get(0), size);
  }

  private long embeddingSize(Block network, int index) {
    Shape frames = new Shape(1, 100, lowestBins[index]);
    return network.getOutputShapes(new Shape[] {frames})[0].get(1);
  }
}
