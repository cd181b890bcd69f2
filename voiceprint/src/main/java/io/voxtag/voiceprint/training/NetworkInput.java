package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.training.data.AudioCache;

/**
 * Makes what a network reads: features less their mean over time.
 *
 * @param features computes them
 * @param extracted whether crops are of features that were computed before, not of samples
 */
record NetworkInput(FeatureExtractor features, boolean extracted) {

  /**
   * Values in a crop of training clips; in frames it is as long as in samples.
   *
   * @param manager computes how many frames that are
   */
  int cropSize(double seconds, NDManager manager) {
    int samples = (int) Math.round(seconds * AudioCache.SAMPLE_RATE);
    if (!extracted) {
      return samples;
    }
    try (NDManager scratch = manager.newSubManager()) {
      Shape shape = features.extract(scratch.zeros(new Shape(1, samples))).getShape();
      return Math.toIntExact(shape.get(1) * features.bins());
    }
  }

  /**
   * What a network reads of crops.
   *
   * @param crops values of all of them, one after the other
   * @return [count, frames, bins]
   */
  NDArray ofCrops(NDManager manager, float[] crops, int count) {
    if (!extracted) {
      NDArray waveforms = manager.create(crops, new Shape(count, crops.length / count));
      return FeatureExtractor.withoutMean(features.extract(waveforms));
    }
    long frames = crops.length / ((long) count * features.bins());
    return FeatureExtractor.withoutMean(
        manager.create(crops, new Shape(count, frames, features.bins())));
  }
}
