package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.OptionalDouble;

/** What training makes small. Made by {@link LossMethod}. */
public interface Loss {

  /**
   * Mean loss of a batch.
   *
   * @param embeddings [batch, embedding]
   * @param logits of a {@link Classifier}, [batch, classes * {@link #centres()}]; cosines wherever
   *     there is a margin
   * @param labels class numbers, int64 [batch]
   * @param margin of this step; ignored where {@link #margin()} is empty
   * @return a scalar
   */
  NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin);

  /** The configured margin, for training without a margin schedule; empty for a loss without. */
  OptionalDouble margin();

  /** How many directions a class has in the classifier: its {@code K} must be the same. */
  default int centres() {
    return 1;
  }

  /**
   * One score a class, of which the highest is the class that the classifier takes.
   *
   * @param logits as for {@link #evaluate}
   * @return [batch, classes]
   */
  default NDArray scores(NDArray logits) {
    return logits;
  }

  /** What the loss itself learns, by name; empty for most. */
  default Map<String, Parameter> parameters() {
    return Map.of();
  }
}
