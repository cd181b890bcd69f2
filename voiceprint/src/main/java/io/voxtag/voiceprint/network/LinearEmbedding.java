package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * A network whose embedding is a linear map of pooled statistics, so that the map can also be found
 * in closed form.
 */
public interface LinearEmbedding {

  /** Pooled statistics of features [batch, frames, bins]: [batch, statistics]. */
  NDArray statistics(ParameterStore store, NDArray features, boolean training);

  /** The map from statistics to embeddings. */
  Projection projection();

  /** Replaces the map from statistics to embeddings; the sizes stay. */
  void setProjection(Projection projection);

  /**
   * The network as one of these.
   *
   * @param key of the configuration that asks for it
   * @throws IllegalArgumentException if the last layer of the network is not linear
   */
  static LinearEmbedding of(Block network, String key) {
    if (network instanceof LinearEmbedding embedding) {
      return embedding;
    }
    throw new IllegalArgumentException(key + " needs a network whose last layer is linear");
  }

  /**
   * An affine map.
   *
   * @param weight [results][values]
   * @param bias [results]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Projection(float[][] weight, float[] bias) {

    /** What a vector becomes. */
    public float[] apply(float[] vector) {
      float[] result = bias.clone();
      for (int row = 0; row < result.length; row++) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
          sum += (double) weight[row][i] * vector[i];
        }
        result[row] += (float) sum;
      }
      return result;
    }

    /**
     * The map whose result is less by what this one gives for a vector, which thus becomes zero.
     */
    public Projection centredOn(float[] vector) {
      float[] zero = apply(vector);
      float[] shifted = bias.clone();
      for (int row = 0; row < shifted.length; row++) {
        shifted[row] -= zero[row];
      }
      return new Projection(weight, shifted);
    }

    /** The map that applies this one and then the other. */
    public Projection then(Projection other) {
      int values = weight[0].length;
      float[][] joint = new float[other.bias.length][values];
      for (int row = 0; row < joint.length; row++) {
        double[] sums = new double[values];
        for (int k = 0; k < bias.length; k++) {
          for (int i = 0; i < values; i++) {
            sums[i] += (double) other.weight[row][k] * weight[k][i];
          }
        }
        for (int i = 0; i < values; i++) {
          joint[row][i] = (float) sums[i];
        }
      }
      return new Projection(joint, other.apply(bias));
    }
  }
}
