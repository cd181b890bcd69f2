package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.training.augment.AugmentConfig.SpecAug;
import io.voxtag.voiceprint.training.augment.AugmentConfig.SpecSub;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureAugmenterTest {
  private static final int BATCH = 40;
  private static final int FRAMES = 100;
  private static final int BINS = 30;

  @Test
  void masksHaveTheirWidths() {
    SpecAug masks = new SpecAug(1, 1, 1, List.of(4, 6), 1, 1, List.of(9, 9), 0);

    float[][][] changed = apply(config(masks, null), false);

    for (float[][] sample : changed) {
      int bands = 0;
      for (int bin = 0; bin < BINS; bin++) {
        boolean zero = true;
        for (int frame = 0; frame < FRAMES; frame++) {
          zero &= sample[frame][bin] == 0;
        }
        bands += zero ? 1 : 0;
      }
      int stretches = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        boolean zero = true;
        for (int bin = 0; bin < BINS; bin++) {
          zero &= sample[frame][bin] == 0;
        }
        stretches += zero ? 1 : 0;
      }
      assertThat(bands).isBetween(4, 6);
      assertThat(stretches).isEqualTo(9);
    }
  }

  @Test
  void ratiosLimitTheWidths() {
    SpecAug masks = new SpecAug(1, 0.1, 2, List.of(1, 100), 0, 1, List.of(1, 100), 0);

    float[][][] changed = apply(config(masks, null), false);

    for (float[][] sample : changed) {
      int zeros = 0;
      for (float value : sample[50]) {
        zeros += value == 0 ? 1 : 0;
      }
      assertThat(zeros).isBetween(1, 6);
    }
  }

  @Test
  void theProbabilityIsThatOfAMask() {
    SpecAug masks = new SpecAug(0.5, 0.2, 1, List.of(1, 5), 0, 0, List.of(1, 5), 0);

    int masked = 0;
    for (float[][] sample : apply(config(masks, null), false)) {
      boolean zero = false;
      for (float value : sample[0]) {
        zero |= value == 0;
      }
      masked += zero ? 1 : 0;
    }
    assertThat(masked).isBetween(10, 30);
  }

  @Test
  void warpingKeepsTheOrderOfFramesAndMovesThemByAtMostItsWidth() {
    SpecAug warp = new SpecAug(1, 0, 0, List.of(1, 1), 0, 0, List.of(1, 1), 5);

    int moved = 0;
    for (float[][] sample : apply(config(warp, null), false)) {
      for (int frame = 0; frame < FRAMES; frame++) {
        double moment = sample[frame][0] - 1;
        moved += Math.abs(moment - frame) > 0.5 ? 1 : 0;
        assertThat(moment).isCloseTo(frame, within(5.01));
        assertThat(sample[frame][0]).isGreaterThanOrEqualTo(frame == 0 ? 1 : sample[frame - 1][0]);
      }
    }
    assertThat(moved).isGreaterThan(BATCH * FRAMES / 4);
  }

  @Test
  void substitutionShowsEarlierFramesInStretches() {
    int changed = 0;
    for (float[][] sample : apply(config(null, new SpecSub(1, 10, 2)), false)) {
      int substituted = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        float moment = sample[frame][0] - 1;
        assertThat(moment).isLessThanOrEqualTo(frame).isEqualTo((float) Math.rint(moment));
        substituted += moment == frame ? 0 : 1;
      }
      assertThat(substituted).isLessThanOrEqualTo(20);
      changed += substituted;
    }
    assertThat(changed).isGreaterThan(BATCH);
  }

  @Test
  void equalSeedsGiveEqualFeatures() {
    AugmentConfig config =
        config(
            new SpecAug(0.5, 0.2, 1, List.of(1, 5), 0.2, 1, List.of(1, 5), 4),
            new SpecSub(0.5, 10, 2));

    assertThat(apply(config, false)).isDeepEqualTo(apply(config, false));
  }

  @Test
  void standardMasksAreThoseOfTheStarterModel() {
    assertThat(FeatureAugmenter.of(null, false)).isEmpty();
    int masked = 0;
    for (float[][] sample : apply(null, true)) {
      int zeros = 0;
      for (float value : sample[0]) {
        zeros += value == 0 ? 1 : 0;
      }
      masked += zeros > 0 ? 1 : 0;
      assertThat(zeros == BINS || zeros <= 7).isTrue();
    }
    assertThat(masked).isBetween(12, 36);
  }

  private static AugmentConfig config(@Nullable SpecAug masks, @Nullable SpecSub substitutions) {
    return new AugmentConfig(
        null, null, null, null, null, null, null, null, masks, substitutions, false);
  }

  /** Features whose value is the number of their frame, from 1. */
  private static float[][][] apply(@Nullable AugmentConfig config, boolean standard) {
    float[] values = new float[BATCH * FRAMES * BINS];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i / BINS % FRAMES;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray features = manager.create(values, new Shape(BATCH, FRAMES, BINS));
      float[] flat =
          FeatureAugmenter.of(config, standard)
              .orElseThrow()
              .apply(features, new SplittableRandom(3))
              .toFloatArray();
      float[][][] result = new float[BATCH][FRAMES][BINS];
      for (int i = 0; i < flat.length; i++) {
        result[i / (FRAMES * BINS)][i / BINS % FRAMES][i % BINS] = flat[i];
      }
      return result;
    }
  }
}
