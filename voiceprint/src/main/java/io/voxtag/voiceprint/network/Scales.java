package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a {@link Fusion} makes each network's unit embedding: the root of its weight, so that
 * the inner product of two joint embeddings is the weighted mean of the networks' cosines.
 *
 * @param wide for speech of the whole band, or all speech
 * @param narrow for narrowband speech
 * @param split tells the two apart; null where all speech is alike
 */
record Scales(List<Float> wide, List<Float> narrow, @Nullable BandSplit split) {
  Scales {
    wide = List.copyOf(wide);
    narrow = List.copyOf(narrow);
  }

  static Scales of(int networks, List<Double> weights, @Nullable BandSplit split) {
    requireWeights("weights", networks, weights);
    if (split == null) {
      if (weights.contains(0.0)) {
        throw new IllegalArgumentException(
            "Fusion: weights are "
                + weights
                + " but must be a positive number a network, as there are none for narrowband");
      }
      return new Scales(roots(weights), roots(weights), null);
    }
    requireWeights("weights of narrowband", networks, split.weights());
    boolean comparable = false;
    for (int i = 0; i < networks; i++) {
      comparable |= weights.get(i) * split.weights().get(i) > 0;
      if (weights.get(i) + split.weights().get(i) == 0) {
        throw new IllegalArgumentException("Fusion: the weights of network " + i + " are both 0");
      }
    }
    if (!comparable) {
      throw new IllegalArgumentException(
          "Fusion: no network has a weight both for wideband and for narrowband speech: the two"
              + " could not be compared");
    }
    return new Scales(roots(weights), roots(split.weights()), split);
  }

  private static void requireWeights(String name, int networks, List<Double> weights) {
    if (weights.size() != networks
        || weights.stream().anyMatch(w -> !(w >= 0 && w < 1e6))
        || weights.stream().allMatch(w -> w == 0)) {
      throw new IllegalArgumentException(
          "Fusion: "
              + name
              + " are "
              + weights
              + " but must be a positive number a network; 0 leaves it out, but not all");
    }
  }

  private static List<Float> roots(List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    return weights.stream().map(weight -> (float) Math.sqrt(weight / sum)).toList();
  }

  /**
   * Factors of each network's unit embedding, [batch, 1] or [1, 1].
   *
   * @param features [batch, frames, bins] from which no mean is subtracted
   */
  NDList factors(NDArray features) {
    NDManager manager = features.getManager();
    NDArray narrowband = split == null ? null : split.mask(features);
    NDList factors = new NDList();
    for (int i = 0; i < wide.size(); i++) {
      factors.add(
          narrowband == null
              ? manager.create(new float[] {wide.get(i)}, new Shape(1, 1))
              : narrowband.mul(narrow.get(i) - wide.get(i)).add(wide.get(i)));
    }
    return factors;
  }
}
