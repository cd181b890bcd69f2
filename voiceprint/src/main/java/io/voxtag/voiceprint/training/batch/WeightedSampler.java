package io.voxtag.voiceprint.training.batch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws clips so that groups have given shares. Inside a group a clip is drawn in proportion to the
 * root of its length: long ones hold more, but speakers with little audio must be seen too.
 */
public final class WeightedSampler implements BatchSampler, BatchSampler.Rows {
  private final double[] cumulative;
  private final int batchSize;

  /**
   * @param weights by the start of a path, share of crops
   */
  public WeightedSampler(TrainingClips clips, Map<String, Double> weights, int batchSize) {
    this.batchSize = batchSize;
    String[] groups = new String[clips.size()];
    Map<String, Double> mass = new HashMap<>();
    for (int i = 0; i < groups.length; i++) {
      groups[i] = String.valueOf(group(clips.path(i), weights));
      mass.merge(groups[i], Math.sqrt(clips.size(i)), Double::sum);
    }
    cumulative = new double[groups.length];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      double share = weights.getOrDefault(groups[i], 1.0) / mass.get(groups[i]);
      sum += share * Math.sqrt(clips.size(i));
      cumulative[i] = sum;
    }
  }

  /** The group that a path belongs to, null for none. */
  public static @Nullable String group(String path, Map<String, Double> weights) {
    return weights.keySet().stream().filter(path::startsWith).findFirst().orElse(null);
  }

  @Override
  public Rows batch(long number) {
    return this;
  }

  @Override
  public long batchesPerEpoch() {
    return Math.max(1, cumulative.length / batchSize);
  }

  @Override
  public int size() {
    return batchSize;
  }

  @Override
  public int clip(int row, SplittableRandom random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, at);
    return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
  }
}
