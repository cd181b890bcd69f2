package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;

/** Batch normalisation over the second axis: [batch, channels] or [batch, channels, frames]. */
final class BatchNorm1d extends Layer {
  private static final float EPSILON = 1e-5f;

  /** Share of the old running value that a batch keeps. */
  private static final float KEEP = 0.9f;

  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter mean;
  private final Parameter variance;

  BatchNorm1d(long channels) {
    gamma = parameter("weight", Parameter.Type.GAMMA, Initial.ONE, channels);
    beta = parameter("bias", Parameter.Type.BETA, Initial.ZERO, channels);
    mean = statistic("running_mean", Parameter.Type.RUNNING_MEAN, Initial.ZERO, channels);
    variance = statistic("running_var", Parameter.Type.RUNNING_VAR, Initial.ONE, channels);
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return BatchNorm.batchNorm(
            x,
            store.getValue(mean, x.getDevice(), training),
            store.getValue(variance, x.getDevice(), training),
            store.getValue(gamma, x.getDevice(), training),
            store.getValue(beta, x.getDevice(), training),
            -1,
            KEEP,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  /** The present normalisation without training: {@code scale * x + shift} for each channel. */
  Factors factors() {
    double[] scale = Affine.widen(gamma.getArray().toFloatArray());
    double[] shift = Affine.widen(beta.getArray().toFloatArray());
    float[] means = mean.getArray().toFloatArray();
    float[] variances = variance.getArray().toFloatArray();
    for (int i = 0; i < scale.length; i++) {
      scale[i] /= Math.sqrt(variances[i] + EPSILON);
      shift[i] -= means[i] * scale[i];
    }
    return new Factors(scale, shift);
  }

  /** See {@link #factors()}. */
  record Factors(double[] scale, double[] shift) {}

  @Override
  Shape outputShape(Shape input) {
    return input;
  }
}
