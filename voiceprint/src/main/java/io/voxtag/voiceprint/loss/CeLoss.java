package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.OptionalDouble;
import java.util.Set;

/** Plain softmax cross entropy of the logits as they are; it belongs to a linear classifier. */
record CeLoss(CrossEntropy criterion) implements Loss {
  static final Set<String> ARGUMENTS = Set.of(Settings.SMOOTHING);

  static CeLoss of(NamedArguments arguments) {
    return new CeLoss(Settings.crossEntropy(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    return criterion.mean(logits, labels);
  }

  @Override
  public OptionalDouble margin() {
    return OptionalDouble.empty();
  }
}
