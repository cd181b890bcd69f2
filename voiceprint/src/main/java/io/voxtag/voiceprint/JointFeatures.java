package io.voxtag.voiceprint;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
      NDArray noise = noise(manager, widest.sampleRate());
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

  private static NDArray noise(NDManager manager, int sampleRate) {
    Random random = new Random(1);
    float[] samples = new float[sampleRate];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return manager.create(samples, new Shape(1, samples.length));
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
