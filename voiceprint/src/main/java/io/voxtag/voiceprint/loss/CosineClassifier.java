package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.UniformInitializer;

/** Cosines between embeddings and one learnt direction a class. */
public final class CosineClassifier {
  private final Parameter weight;

  /**
   * Makes a classifier with random directions.
   *
   * @param manager where its parameter lives
   */
  public CosineClassifier(NDManager manager, long classes, long embeddingSize) {
    // Directions of about unit length: Adam's steps do not scale with the weights, and would turn
    // the short ones of an initialisation by fan-out too far at once.
    float bound = (float) Math.sqrt(3.0 / embeddingSize);
    weight =
        Parameter.builder()
            .setName("weight")
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(classes, embeddingSize))
            .optInitializer(new UniformInitializer(bound))
            .build();
    weight.initialize(manager, DataType.FLOAT32);
  }

  /** The directions, [classes, embedding], of any length. */
  public Parameter weight() {
    return weight;
  }

  /** [batch, embedding] to cosines [batch, classes]. */
  public NDArray logits(NDArray embeddings) {
    NDArray directions = weight.getArray().normalize(2, 1);
    // What is made of a parameter would otherwise live as long as the parameter.
    directions.attach(embeddings.getManager());
    return embeddings.normalize(2, 1).matMul(directions.transpose());
  }
}
