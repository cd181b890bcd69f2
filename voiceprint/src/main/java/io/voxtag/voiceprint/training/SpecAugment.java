package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Masks over bands and stretches of features (Park et al., "SpecAugment", 2019). Features have zero
 * mean over time, so that zero is the mean.
 *
 * @param bands factors of every bin of every sample of a batch
 * @param stretches factors of every frame of every sample of a batch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SpecAugment(float[][] bands, float[][] stretches) {
  private static final double PROBABILITY = 0.6;
  private static final int MAX_BAND = 10;
  private static final int MAX_STRETCH = 12;

  /** Draws up to one band and one stretch for each sample of a batch. */
  static SpecAugment draw(int batch, int frames, int bins, SplittableRandom random) {
    return new SpecAugment(
        masks(batch, bins, MAX_BAND, random), masks(batch, frames, MAX_STRETCH, random));
  }

  /**
   * [samples, frames, bins] with the masked values set to zero.
   *
   * @param from index in the batch of the first of the samples
   */
  NDArray mask(NDArray features, int from) {
    int samples = (int) features.getShape().get(0);
    NDManager manager = features.getManager();
    NDArray perBin = rows(manager, bands, from, samples).expandDims(1);
    NDArray perFrame = rows(manager, stretches, from, samples).expandDims(2);
    return features.mul(perBin).mul(perFrame);
  }

  private static NDArray rows(NDManager manager, float[][] masks, int from, int count) {
    int length = masks[0].length;
    float[] flat = new float[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(masks[from + i], 0, flat, i * length, length);
    }
    return manager.create(flat, new Shape(count, length));
  }

  private static float[][] masks(int batch, int length, int widest, SplittableRandom random) {
    float[][] masks = new float[batch][length];
    int most = Math.min(widest, length / 4);
    for (float[] mask : masks) {
      Arrays.fill(mask, 1f);
      if (most > 0 && random.nextDouble() < PROBABILITY) {
        int width = 1 + random.nextInt(most);
        int start = random.nextInt(length - width + 1);
        Arrays.fill(mask, start, start + width, 0f);
      }
    }
    return masks;
  }
}
