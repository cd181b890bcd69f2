package io.voxtag.voiceprint.training.augment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Changes features: masks bands and stretches and warps time (Park et al., "SpecAugment", 2019),
 * and repeats earlier frames in place of later ones (Wu et al., "U2++", 2021, SpecSub). Features
 * have zero mean over time, so that zero is the mean. Thread-safe; equal seeds give equal results.
 */
public final class FeatureAugmenter {
  /** What {@code train_conf.spec_augment: true} stands for. */
  private static final AugmentConfig.SpecAug STANDARD =
      new AugmentConfig.SpecAug(0.6, 0.25, 1, List.of(1, 10), 0.25, 1, List.of(1, 12), 0);

  private final AugmentConfig.@Nullable SpecAug masks;
  private final AugmentConfig.@Nullable SpecSub substitutions;

  private FeatureAugmenter(
      AugmentConfig.@Nullable SpecAug masks, AugmentConfig.@Nullable SpecSub substitutions) {
    this.masks = masks;
    this.substitutions = substitutions;
  }

  /**
   * What a configuration asks for; empty where it leaves features alone.
   *
   * @param standard true for the standard masks where the configuration says nothing of its own
   */
  public static Optional<FeatureAugmenter> of(@Nullable AugmentConfig config, boolean standard) {
    AugmentConfig.SpecAug masks = config == null ? null : config.specAug();
    AugmentConfig.SpecSub substitutions = config == null ? null : config.specSub();
    if (masks == null && standard) {
      masks = STANDARD;
    }
    return masks == null && substitutions == null
        ? Optional.empty()
        : Optional.of(new FeatureAugmenter(masks, substitutions));
  }

  /**
   * Changes each sample by itself.
   *
   * @param features [batch, frames, bins]; not changed
   * @return [batch, frames, bins], on the manager of the features
   */
  public NDArray apply(NDArray features, SplittableRandom random) {
    int batch = (int) features.getShape().get(0);
    int frames = (int) features.getShape().get(1);
    int bins = (int) features.getShape().get(2);
    NDArray changed = moveFrames(features, batch, frames, bins, random);
    if (masks == null) {
      return changed;
    }
    NDManager manager = features.getManager();
    float[] bands =
        masks(
            batch, bins, masks.nFreqMasks(), masks.freqMaskWidth(), masks.freqMaskRatio(), random);
    float[] stretches =
        masks(
            batch,
            frames,
            masks.nTimeMasks(),
            masks.timeMaskWidth(),
            masks.timeMaskRatio(),
            random);
    return changed
        .mul(manager.create(bands, new Shape(batch, 1, bins)))
        .mul(manager.create(stretches, new Shape(batch, frames, 1)));
  }

  private float[] masks(
      int batch,
      int length,
      int count,
      List<Integer> widths,
      double ratio,
      SplittableRandom random) {
    float[] values = new float[batch * length];
    Arrays.fill(values, 1f);
    int least = widths.get(0);
    int most = Math.min(widths.get(1), (int) (ratio * length));
    if (masks == null || count == 0 || most < Math.max(1, least)) {
      return values;
    }
    for (int sample = 0; sample < batch; sample++) {
      if (Draw.chance(random, masks.prob())) {
        for (int mask = 0; mask < count; mask++) {
          int width = least + random.nextInt(most - least + 1);
          int start = sample * length + random.nextInt(length - width + 1);
          Arrays.fill(values, start, start + width, 0f);
        }
      }
    }
    return values;
  }

  private NDArray moveFrames(
      NDArray features, int batch, int frames, int bins, SplittableRandom random) {
    boolean warps = masks != null && masks.maxTimeWarp() > 0;
    if (!warps && substitutions == null) {
      return features;
    }
    FrameMap map = new FrameMap(batch, frames);
    for (int sample = 0; sample < batch; sample++) {
      if (masks != null && warps && Draw.chance(random, masks.prob())) {
        map.warp(sample, masks.maxTimeWarp(), random);
      }
      if (substitutions != null && Draw.chance(random, substitutions.prob())) {
        map.substitute(sample, substitutions.maxT(), substitutions.numTSub(), random);
      }
    }
    NDManager manager = features.getManager();
    NDArray flat = features.reshape(new Shape((long) batch * frames, bins));
    NDArray share = manager.create(map.shares(), new Shape((long) batch * frames, 1));
    NDArray earlier = flat.get(new NDIndex("{}", manager.create(map.earlier())));
    NDArray later = flat.get(new NDIndex("{}", manager.create(map.later())));
    return earlier.add(later.sub(earlier).mul(share)).reshape(new Shape(batch, frames, bins));
  }
}
