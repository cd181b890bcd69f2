package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;

/** Cosines of angles that a margin was added to. */
final class AngularMargin {
  /** Keeps the slope of the square root finite at a cosine of one. */
  private static final float FLOOR = 1e-12f;

  private AngularMargin() {}

  /**
   * The cosines of larger angles. Where the sum would pass 180 degrees, the cosine falls on by a
   * constant, so that it still falls with the angle.
   *
   * @param margin in radians
   * @param easy true to leave angles above 90 degrees as they are
   */
  static NDArray add(NDArray cosines, double margin, boolean easy) {
    NDArray shifted = cosines.mul(Math.cos(margin)).sub(sines(cosines).mul(Math.sin(margin)));
    double threshold = easy ? 0 : Math.cos(Math.PI - margin);
    NDArray otherwise = easy ? cosines : cosines.sub(1 + Math.cos(Math.PI - margin));
    return NDArrays.where(cosines.gt(threshold), shifted, otherwise);
  }

  /** The cosines of angles made smaller, through zero where they are smaller than the margin. */
  static NDArray subtract(NDArray cosines, double margin) {
    return cosines.mul(Math.cos(margin)).add(sines(cosines).mul(Math.sin(margin)));
  }

  private static NDArray sines(NDArray cosines) {
    return cosines.square().neg().add(1).clip(FLOOR, 1).sqrt();
  }
}
