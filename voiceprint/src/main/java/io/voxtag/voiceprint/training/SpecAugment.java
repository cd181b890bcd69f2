package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Masks bands and stretches of features (Park et al., "SpecAugment", 2019). Features have zero mean
 * over time, so that zero is the mean.
 */
final class SpecAugment {
  private static final double PROBABILITY = 0.6;
  private static final int MAX_BAND = 10;
  private static final int MAX_STRETCH = 12;

  private SpecAugment() {}

  /** [batch, frames, bins] with up to one band and one stretch of each sample set to zero. */
  static NDArray mask(NDArray features, SplittableRandom random) {
    int batch = (int) features.getShape().get(0);
    int frames = (int) features.getShape().get(1);
    int bins = (int) features.getShape().get(2);
    return features
        .mul(
            features
                .getManager()
                .create(masks(batch, bins, MAX_BAND, random), new Shape(batch, 1, bins)))
        .mul(
            features
                .getManager()
                .create(masks(batch, frames, MAX_STRETCH, random), new Shape(batch, frames, 1)));
  }

  private static float[] masks(int batch, int length, int widest, SplittableRandom random) {
    float[] values = new float[batch * length];
    Arrays.fill(values, 1f);
    int most = Math.min(widest, length / 4);
    for (int sample = 0; sample < batch; sample++) {
      if (most > 0 && random.nextDouble() < PROBABILITY) {
        int width = 1 + random.nextInt(most);
        int start = sample * length + random.nextInt(length - width + 1);
        Arrays.fill(values, start, start + width, 0f);
      }
    }
    return values;
  }
}
