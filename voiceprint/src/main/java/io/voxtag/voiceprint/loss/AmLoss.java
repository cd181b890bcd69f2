package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Additive margin softmax (Wang et al., "Additive Margin Softmax for Face Verification", 2018): the
 * margin is taken off the cosine with the own class.
 *
 * @param configuredMargin between cosines, from 0 to 1
 * @param scale of the cosines before the softmax
 */
record AmLoss(double configuredMargin, double scale, CrossEntropy criterion) implements Loss {
  static final Set<String> ARGUMENTS = Set.of(Settings.MARGIN, Settings.SCALE, Settings.SMOOTHING);

  static AmLoss of(NamedArguments arguments) {
    return new AmLoss(
        Settings.cosine(arguments, 0.3),
        Settings.scale(arguments),
        Settings.crossEntropy(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    return criterion.mean(scaled(logits, labels, margin), labels);
  }

  /** The scaled cosines, with the margin taken off the own ones. */
  NDArray scaled(NDArray cosines, NDArray labels, double margin) {
    return cosines.sub(Targets.mask(labels, cosines).mul((float) margin)).mul(scale);
  }

  @Override
  public OptionalDouble margin() {
    return OptionalDouble.of(configuredMargin);
  }
}
