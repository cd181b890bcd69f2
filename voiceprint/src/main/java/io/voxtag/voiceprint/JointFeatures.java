package io.voxtag.voiceprint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.audio.Resampler;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Features that several models can share.
 *
 * @param features those with the most bins
 * @param bins how many of the lowest of these bins each model takes
 */
record JointFeatures(ModelManifest.Features features, List<Integer> bins) {
  /** Largest difference between values that count as the same; features are logarithms. */
  private static final float TOLERANCE = 1e-3f;

  private static final int TELEPHONE_RATE = 8000;

  /** A bin is empty that has less than a millionth of the power; features are logarithms. */
  private static final double EMPTY = Math.log(1e6);

  /** Bins of the features. */
  int widest() {
    return bins.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /**
   * Finds out by computing all features of the same noise, because many arguments can mean the
   * same.
   *
   * @param models at least one
   * @throws IllegalArgumentException if a model takes something else than the lowest bins of the
   *     features with the most bins, or another sample rate
   */
  static JointFeatures of(List<ModelManifest> models) {
    List<FeatureExtractor> extractors = new ArrayList<>();
    for (ModelManifest model : models) {
      extractors.add(FeatureMethod.of(model.features().method()).create(model.features().args()));
    }
    int most =
        IntStream.range(0, models.size())
            .boxed()
            .max(Comparator.comparingInt(i -> extractors.get(i).bins()))
            .orElseThrow();
    ModelManifest widest = models.get(most);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      float[] samples = noise(widest.sampleRate());
      NDArray noise = manager.create(samples, new Shape(1, samples.length));
      NDArray all = extractors.get(most).extract(noise);
      for (int i = 0; i < models.size(); i++) {
        NDArray own = extractors.get(i).extract(noise);
        if (models.get(i).sampleRate() != widest.sampleRate() || !isLowest(own, all)) {
          throw differ(widest, models.get(i));
        }
      }
    }
    return new JointFeatures(
        widest.features(), extractors.stream().map(FeatureExtractor::bins).toList());
  }

  /**
   * The lowest of the bins that what came over a telephone leaves empty, found out by computing the
   * features of noise that did.
   *
   * @param sampleRate of the features
   * @throws IllegalArgumentException if there are none, because the features are no logarithms of
   *     bands or end with the telephone's
   */
  int firstAboveTelephone(int sampleRate) {
    FeatureExtractor extractor = FeatureMethod.of(features.method()).create(features.args());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      float[] call = Resampler.resample(noise(TELEPHONE_RATE), TELEPHONE_RATE, sampleRate);
      float[] all = levels(extractor, manager, noise(sampleRate));
      float[] left = levels(extractor, manager, call);
      int first = all.length;
      while (first > 0 && all[first - 1] - left[first - 1] > EMPTY) {
        first--;
      }
      if (first == 0 || first == all.length) {
        throw new IllegalArgumentException(
            "weights for narrowband speech need features of which some bins, but not all, lie"
                + " above 4 kHz; these are "
                + features);
      }
      return first;
    }
  }

  private static float[] levels(FeatureExtractor extractor, NDManager manager, float[] samples) {
    NDArray frames = extractor.extract(manager.create(samples, new Shape(1, samples.length)));
    return frames.mean(new int[] {1}).toFloatArray();
  }

  private static float[] noise(int samples) {
    Random random = new Random(1);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    return noise;
  }

  private static boolean isLowest(NDArray own, NDArray all) {
    if (own.getShape().get(1) != all.getShape().get(1)) {
      return false;
    }
    NDArray lowest = all.get("..., :" + own.getShape().get(2));
    return own.sub(lowest).abs().max().getFloat() <= TOLERANCE;
  }

  private static IllegalArgumentException differ(ModelManifest widest, ModelManifest other) {
    return new IllegalArgumentException(
        "model %s takes %s at %d Hz, of which what %s takes is no part: %s at %d Hz"
            .formatted(
                widest.version(),
                widest.features(),
                widest.sampleRate(),
                other.version(),
                other.features(),
                other.sampleRate()));
  }
}
