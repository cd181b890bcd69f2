package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.LinearEmbedding.Projection;
import io.voxtag.voiceprint.network.StateDict;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of a network: a linear map and perhaps a normalisation, which without training are one
 * affine map together. Parameters belong to the network, whose state dict names them.
 */
public final class FinalMap {
  private final Linear linear;
  private final @Nullable BatchNorm norm;

  /**
   * Joins the two.
   *
   * @throws IllegalArgumentException if there is neither a bias nor a normalisation
   */
  public FinalMap(Linear linear, @Nullable BatchNorm norm) {
    if (linear.bias() == null && norm == null) {
      throw new IllegalArgumentException("without normalisation the last layer needs a bias");
    }
    this.linear = linear;
    this.norm = norm;
  }

  NDArray apply(ParameterStore store, NDArray statistics, boolean training) {
    NDArray y = linear.apply(store, statistics, training);
    return norm == null ? y : norm.apply(store, y, training);
  }

  /** Values that come out. */
  long size() {
    return linear.weight().getShape().get(0);
  }

  /** What it does without training. */
  public Projection projection() {
    Projection first = projection(linear.weight(), linear.bias());
    if (norm == null) {
      return first;
    }
    BatchNorm.Factors factors = norm.factors();
    for (int row = 0; row < first.bias().length; row++) {
      float[] weights = first.weight()[row];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) (weights[i] * factors.scale()[row]);
      }
      first.bias()[row] = (float) (first.bias()[row] * factors.scale()[row] + factors.shift()[row]);
    }
    return first;
  }

  /** Makes it do something else without training; the normalisation then only shifts. */
  void setProjection(Projection projection) {
    if (norm == null) {
      assign(projection, linear.weight(), linear.bias());
      return;
    }
    norm.becomeShift(projection.bias());
    Projection unbiased = new Projection(projection.weight(), new float[projection.bias().length]);
    assign(unbiased, linear.weight(), linear.bias());
  }

  /** The map with weights [out, in] or [out, in, 1] and biases [out]; none are zeros. */
  public static Projection projection(Parameter weights, @Nullable Parameter biases) {
    float[] flat = weights.getArray().toFloatArray();
    int rows = (int) weights.getShape().get(0);
    int columns = flat.length / rows;
    float[][] weight = new float[rows][];
    for (int row = 0; row < rows; row++) {
      weight[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
    }
    return new Projection(
        weight, biases == null ? new float[rows] : biases.getArray().toFloatArray());
  }

  /**
   * Gives the parameters of a map the values of another; biases that there are not are left out.
   */
  public static void assign(Projection projection, Parameter weights, @Nullable Parameter biases) {
    int columns = projection.weight()[0].length;
    float[] flat = new float[projection.weight().length * columns];
    for (int row = 0; row < projection.weight().length; row++) {
      System.arraycopy(projection.weight()[row], 0, flat, row * columns, columns);
    }
    StateDict.assign(weights, flat);
    if (biases != null) {
      StateDict.assign(biases, projection.bias());
    }
  }
}
