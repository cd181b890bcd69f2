package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Additive angular margin softmax (Deng et al., "ArcFace", 2019; Xiang et al., "Margin Matters",
 * 2019): the angle to the own class is made larger by the margin before the softmax.
 *
 * @param configuredMargin in radians, from 0 to below pi / 2
 * @param scale of the cosines before the softmax
 * @param easyMargin true to apply the margin only where the angle is below pi / 2
 */
record AamLoss(double configuredMargin, double scale, boolean easyMargin, CrossEntropy criterion)
    implements Loss {
  static final Set<String> ARGUMENTS =
      Set.of(Settings.MARGIN, Settings.SCALE, Settings.EASY_MARGIN, Settings.SMOOTHING);

  static AamLoss of(NamedArguments arguments) {
    return new AamLoss(
        Settings.angle(arguments, 0.2),
        Settings.scale(arguments),
        arguments.flag(Settings.EASY_MARGIN, false),
        Settings.crossEntropy(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    NDArray own = Targets.own(labels, logits);
    NDArray change = AngularMargin.add(own, margin, easyMargin).sub(own);
    NDArray shifted = logits.add(Targets.mask(labels, logits).mul(change));
    return criterion.mean(shifted.mul(scale), labels);
  }

  @Override
  public OptionalDouble margin() {
    return OptionalDouble.of(configuredMargin);
  }
}
