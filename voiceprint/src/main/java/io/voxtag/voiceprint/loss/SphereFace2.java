package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One binary classification a class (Wen et al., "SphereFace2: Binary Classification is All You
 * Need for Deep Face Recognition", 2022; Han et al., "Exploring Binary Classification Loss for
 * Speaker Verification", 2023). Its bias is learnt.
 */
final class SphereFace2 implements Loss {
  private static final String WEIGHT = "lanbuda";
  private static final String EXPONENT = "t";
  private static final String TYPE = "margin_type";
  static final Set<String> ARGUMENTS =
      Set.of(Settings.MARGIN, Settings.SCALE, WEIGHT, EXPONENT, TYPE);

  private final double configuredMargin;
  private final double scale;

  /** Share of the own class in the loss. */
  private final double ownShare;

  private final int exponent;
  private final boolean angular;
  private final Parameter bias;

  SphereFace2(NDManager manager, NamedArguments arguments) {
    angular = arguments.choice(TYPE, "C", Set.of("A", "C")).equals("A");
    configuredMargin = angular ? Settings.angle(arguments, 0.2) : Settings.cosine(arguments, 0.2);
    scale = Settings.scale(arguments);
    ownShare = arguments.number(WEIGHT, 0.7, 0, 1);
    exponent = arguments.integer(EXPONENT, 3, 1, 20);
    bias = Weights.constant(manager, "bias", Parameter.Type.BIAS, 0, 1, 1);
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    NDArray own;
    NDArray others;
    if (angular) {
      own = spread(AngularMargin.add(logits, margin, false));
      others = spread(AngularMargin.subtract(logits, margin));
    } else {
      NDArray spread = spread(logits);
      own = spread.sub((float) margin);
      others = spread.add((float) margin);
    }
    NDArray ownLoss = Activation.softPlus(biased(own).neg()).mul((float) ownShare);
    NDArray otherLoss = Activation.softPlus(biased(others)).mul((float) (1 - ownShare));
    NDArray isOwn = Targets.mask(labels, logits);
    return otherLoss.add(isOwn.mul(ownLoss.sub(otherLoss))).sum(new int[] {1}).mean();
  }

  /** Spreads the large cosines, among which those of the own class are. */
  private NDArray spread(NDArray cosines) {
    return cosines.add(1).div(2).pow(exponent).mul(2).sub(1);
  }

  private NDArray biased(NDArray values) {
    return values.mul((float) scale).add(bias.getArray());
  }

  @Override
  public OptionalDouble margin() {
    return OptionalDouble.of(configuredMargin);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Map.of("bias", bias);
  }
}
