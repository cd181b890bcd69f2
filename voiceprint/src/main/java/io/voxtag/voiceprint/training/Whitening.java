package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.training.config.WhiteningConf;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Within-class covariance normalisation (Hatch, Kajarekar, Stolcke: "Within-Class Covariance
 * Normalization for SVM-based Speaker Recognition", 2006) of a trained network's embedding, folded
 * into its last layer: afterwards the embeddings of one speaker spread evenly in all directions, so
 * that a cosine no longer counts most what channels change most.
 */
final class Whitening {
  private final WhiteningConf config;
  private final CropVectors crops;
  private final ParameterStore store;

  Whitening(WhiteningConf config, CropVectors crops, ParameterStore store) {
    this.config = config;
    this.crops = crops;
    this.store = store;
  }

  /** Replaces the last layer. */
  void apply(Block network, long seed) {
    LinearEmbedding embedding = LinearEmbedding.of(network, "whitening_conf");
    UnaryOperator<NDArray> embed =
        frames -> network.forward(store, new NDList(frames), false).singletonOrThrow();
    SplittableRandom random = new SplittableRandom(seed);
    CropVectors.Labelled samples = crops.of(config.passes(), embed, random);
    // All directions are kept: their order and rotation do not change a cosine.
    int size = samples.vectors().get(0).length;
    LinearEmbedding.Projection whitener =
        Centring.centred(
            Discriminant.fit(samples.vectors(), samples.labels(), size, config.shrinkage()),
            config.centreOn(),
            "whitening_conf.centre_on",
            start -> crops.mean(start, embed, random));
    embedding.setProjection(embedding.projection().then(whitener));
  }
}
