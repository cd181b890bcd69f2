package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.LinkedHashMap;
import java.util.Map;

/** A linear map without bias and a batch normalisation, always as in training. */
final class DenseBlock {
  private static final float EPSILON = 1e-5f;

  /** Share of the old running value that a batch keeps. */
  private static final float KEEP = 0.9f;

  private final Parameter weight;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter mean;
  private final Parameter variance;

  DenseBlock(NDManager manager, long in, long out) {
    float bound = (float) (1 / Math.sqrt(in));
    // The last axis is that of the convolution over single frames that the original has here.
    weight = Weights.uniform(manager, "weight", bound, out, in, 1);
    gamma = Weights.constant(manager, "weight", Parameter.Type.GAMMA, 1, out);
    beta = Weights.constant(manager, "bias", Parameter.Type.BETA, 0, out);
    mean = Weights.constant(manager, "running_mean", Parameter.Type.RUNNING_MEAN, 0, out);
    variance = Weights.constant(manager, "running_var", Parameter.Type.RUNNING_VAR, 1, out);
  }

  /** [batch, in] to [batch, out]. */
  NDArray apply(NDArray x) {
    NDArray matrix = weight.getArray().squeeze(2);
    matrix.attach(x.getManager());
    NDArray mapped = Linear.linear(x, matrix).singletonOrThrow();
    return BatchNorm.batchNorm(
            mapped,
            mean.getArray(),
            variance.getArray(),
            gamma.getArray(),
            beta.getArray(),
            -1,
            KEEP,
            EPSILON,
            true)
        .singletonOrThrow();
  }

  Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    all.put("linear.weight", weight);
    all.put("nonlinear.batchnorm.weight", gamma);
    all.put("nonlinear.batchnorm.bias", beta);
    all.put("nonlinear.batchnorm.running_mean", mean);
    all.put("nonlinear.batchnorm.running_var", variance);
    return all;
  }
}
