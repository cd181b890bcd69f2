package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;

/**
 * Additive angular margin softmax (Deng et al., "ArcFace", 2019; Xiang et al., "Margin Matters",
 * 2019): the angle to the own class is made larger by the margin before the softmax.
 *
 * @param margin in radians, from 0 to below pi / 2
 * @param scale of the cosines before the softmax
 * @param easyMargin true to apply the margin only where the angle is below pi / 2
 * @param labelSmoothing share of the target spread over all classes, from 0 to below 1
 */
public record AamLoss(double margin, double scale, boolean easyMargin, double labelSmoothing) {
  /** Keeps the slope of the square root finite at a cosine of one. */
  private static final float FLOOR = 1e-12f;

  public AamLoss {
    if (!(margin >= 0 && margin < Math.PI / 2)) {
      throw new IllegalArgumentException("margin " + margin + " must be from 0 to below pi / 2");
    }
    if (!(scale > 0)) {
      throw new IllegalArgumentException("scale " + scale + " must be positive");
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label_smoothing " + labelSmoothing + " must be from 0 to below 1");
    }
  }

  /** The same with another margin. */
  public AamLoss withMargin(double other) {
    return new AamLoss(other, scale, easyMargin, labelSmoothing);
  }

  /**
   * Mean loss of a batch.
   *
   * @param cosines [batch, classes]
   * @param labels class numbers, int64 [batch]
   * @return a scalar
   */
  public NDArray evaluate(NDArray cosines, NDArray labels) {
    NDArray index = labels.expandDims(1);
    NDArray own = cosines.gather(index, 1);
    NDArray sine = own.square().neg().add(1).clip(FLOOR, 1).sqrt();
    NDArray shifted = own.mul(Math.cos(margin)).sub(sine.mul(Math.sin(margin)));
    double threshold = easyMargin ? 0 : Math.cos(Math.PI - margin);
    NDArray otherwise = easyMargin ? own : own.sub(1 + Math.cos(Math.PI - margin));
    NDArray phi = NDArrays.where(own.gt(threshold), shifted, otherwise);
    NDArray isOwn =
        index.eq(
            labels
                .getManager()
                .arange(0, (int) cosines.getShape().get(1), 1, labels.getDataType())
                .reshape(1, cosines.getShape().get(1)));
    NDArray change = isOwn.toType(cosines.getDataType(), false).mul(phi.sub(own));
    NDArray logits = cosines.add(change).mul(scale);
    NDArray logProbabilities = logits.logSoftmax(1);
    NDArray loss = logProbabilities.gather(index, 1).mean().neg();
    if (labelSmoothing == 0) {
      return loss;
    }
    return loss.mul((float) (1 - labelSmoothing))
        .sub(logProbabilities.mean().mul((float) labelSmoothing));
  }
}
