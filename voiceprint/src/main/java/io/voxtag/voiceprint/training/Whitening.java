package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.training.config.WhiteningConf;
import java.util.SplittableRandom;

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
    CropVectors.Labelled samples =
        crops.of(
            config.passes(),
            frames -> network.forward(store, new NDList(frames), false).singletonOrThrow(),
            new SplittableRandom(seed));
    // All directions are kept: their order and rotation do not change a cosine.
    int size = samples.vectors().get(0).length;
    LinearEmbedding.Projection whitener =
        Discriminant.fit(samples.vectors(), samples.labels(), size, config.shrinkage());
    embedding.setProjection(embedding.projection().then(whitener));
  }
}
