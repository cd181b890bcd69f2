package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.StateDict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation (Ioffe, Szegedy, 2015) over all but the second axis: [batch, channels],
 * [batch, channels, frames] or [batch, channels, bins, frames].
 */
public final class BatchNorm extends Layer {
  private static final float EPSILON = 1e-5f;

  /** Share of the old running value that a batch keeps. */
  private static final float KEEP = 0.9f;

  private final long channels;
  private final @Nullable Parameter gamma;
  private final @Nullable Parameter beta;
  private final Parameter mean;
  private final Parameter variance;

  /** One with a learnt scale and shift. */
  public BatchNorm(long channels) {
    this(channels, true);
  }

  private BatchNorm(long channels, boolean learnt) {
    this.channels = channels;
    gamma = learnt ? parameter("weight", Parameter.Type.GAMMA, Initial.ONE, channels) : null;
    beta = learnt ? parameter("bias", Parameter.Type.BETA, Initial.ZERO, channels) : null;
    mean = statistic("running_mean", Parameter.Type.RUNNING_MEAN, Initial.ZERO, channels);
    variance = statistic("running_var", Parameter.Type.RUNNING_VAR, Initial.ONE, channels);
  }

  /** One that only normalises. */
  public static BatchNorm plain(long channels) {
    return new BatchNorm(channels, false);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return ai.djl.nn.norm.BatchNorm.batchNorm(
            x,
            store.getValue(mean, x.getDevice(), training),
            store.getValue(variance, x.getDevice(), training),
            gamma == null
                ? x.getManager().ones(new Shape(channels))
                : store.getValue(gamma, x.getDevice(), training),
            beta == null
                ? x.getManager().zeros(new Shape(channels))
                : store.getValue(beta, x.getDevice(), training),
            -1,
            KEEP,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  /** The present normalisation without training: {@code scale * x + shift} for each channel. */
  public Factors factors() {
    float[] means = mean.getArray().toFloatArray();
    float[] variances = variance.getArray().toFloatArray();
    float[] learntScale = gamma == null ? null : gamma.getArray().toFloatArray();
    float[] learntShift = beta == null ? null : beta.getArray().toFloatArray();
    double[] scale = new double[means.length];
    double[] shift = new double[means.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] =
          (learntScale == null ? 1 : learntScale[i]) / Math.sqrt((double) variances[i] + EPSILON);
      shift[i] = (learntShift == null ? 0 : learntShift[i]) - means[i] * scale[i];
    }
    return new Factors(scale, shift);
  }

  /** Makes it add these values without training, and change nothing else. */
  void becomeShift(float[] shift) {
    float[] ones = new float[shift.length];
    Arrays.fill(ones, 1);
    float[] variances = new float[shift.length];
    Arrays.fill(variances, 1 - EPSILON);
    float[] means = new float[shift.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = -shift[i];
    }
    if (gamma != null) {
      StateDict.assign(gamma, ones);
    }
    if (beta != null) {
      StateDict.assign(beta, new float[shift.length]);
    }
    StateDict.assign(variance, variances);
    StateDict.assign(mean, means);
  }

  /** See {@link #factors()}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Factors(double[] scale, double[] shift) {

    /** Those that change nothing. */
    public static Factors none(int channels) {
      double[] ones = new double[channels];
      Arrays.fill(ones, 1);
      return new Factors(ones, new double[channels]);
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }
}
