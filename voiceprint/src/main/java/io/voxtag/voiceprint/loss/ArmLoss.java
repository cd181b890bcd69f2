package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Additive real margin softmax (Li et al., "Real Additive Margin Softmax for Speaker Verification",
 * 2022): classes that are already farther than the margin no longer push, their logit is 0.
 *
 * @param additive the additive margin softmax that it corrects
 */
record ArmLoss(AmLoss additive) implements Loss {
  static final Set<String> ARGUMENTS = AmLoss.ARGUMENTS;

  static ArmLoss of(NamedArguments arguments) {
    return new ArmLoss(AmLoss.of(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    NDArray scaled = additive.scaled(logits, labels, margin);
    NDArray beaten = scaled.lt(Targets.own(labels, scaled));
    NDArray kept = NDArrays.where(beaten, scaled.zerosLike(), scaled);
    return additive.criterion().mean(kept, labels);
  }

  @Override
  public OptionalDouble margin() {
    return additive.margin();
  }
}
