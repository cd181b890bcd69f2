package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;

/** Where the own classes of a batch are. */
final class Targets {
  private Targets() {}

  /**
   * Ones at the own classes, zeros elsewhere.
   *
   * @param labels int64 [batch]
   * @param scores [batch, classes], whose shape and type the result has
   */
  static NDArray mask(NDArray labels, NDArray scores) {
    long classes = scores.getShape().get(1);
    NDArray numbers =
        labels.getManager().arange(0, (int) classes, 1, labels.getDataType()).reshape(1, classes);
    return labels.expandDims(1).eq(numbers).toType(scores.getDataType(), false);
  }

  /** Scores of the own classes, [batch, 1]. */
  static NDArray own(NDArray labels, NDArray scores) {
    return scores.gather(labels.expandDims(1), 1);
  }
}
