package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Map;

/** From embeddings to one logit a class, in training only. */
public interface Classifier {

  /**
   * Computes logits.
   *
   * @param embeddings [batch, embedding]
   * @return [batch, classes * centres], the centres of a class side by side
   */
  NDArray logits(NDArray embeddings);

  /**
   * Everything that belongs in a checkpoint, by the name that it has in a PyTorch state dict of the
   * original, for example {@code weight}: what is learnt, and running statistics, which need no
   * gradient.
   */
  Map<String, Parameter> parameters();

  /**
   * Makes a classifier with random weights.
   *
   * @param manager where its parameters live
   * @param arguments {@code classifier_type}: {@code Cosine} (the default) or {@code Linear};
   *     {@code K}: directions a class, for cosines only, 1 where missing; {@code num_blocks}: dense
   *     layers with batch normalisation before it, 0 where missing; {@code inter_dim}: their width,
   *     512 where missing
   * @throws IllegalArgumentException if an argument is unknown or out of range
   */
  static Classifier create(
      NDManager manager, long classes, long embeddingSize, Map<String, ?> arguments) {
    return ClassifierConfig.of(arguments).create(manager, classes, embeddingSize);
  }
}
