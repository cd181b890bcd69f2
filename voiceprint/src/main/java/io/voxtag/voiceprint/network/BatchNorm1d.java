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

  @Override
  Shape outputShape(Shape input) {
    return input;
  }
}
