package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Map;

/** Cosines between embeddings and learnt directions. */
public final class CosineClassifier implements Classifier {
  private final Parameter weight;

  /**
   * Makes a classifier with random directions.
   *
   * @param manager where its parameter lives
   * @param directions one a class, or several side by side
   */
  public CosineClassifier(NDManager manager, long directions, long embeddingSize) {
    // Directions of about unit length: Adam's steps do not scale with the weights, and would turn
    // the short ones of an initialisation by fan-out too far at once.
    float bound = (float) Math.sqrt(3.0 / embeddingSize);
    weight = Weights.uniform(manager, "weight", bound, directions, embeddingSize);
  }

  /** The directions, [directions, embedding], of any length. */
  public Parameter weight() {
    return weight;
  }

  @Override
  public NDArray logits(NDArray embeddings) {
    NDArray directions = weight.getArray().normalize(2, 1);
    // What is made of a parameter would otherwise live as long as the parameter.
    directions.attach(embeddings.getManager());
    return embeddings.normalize(2, 1).matMul(directions.transpose());
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Map.of("weight", weight);
  }
}
