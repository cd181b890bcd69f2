package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.loss.CosineClassifier;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.augment.Augmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Starts a network whose filters are still random at a good place: its normalisation statistics are
 * those of the data, its embedding is the linear discriminant of the pooled statistics, and its
 * classifier looks at the mean of each speaker. Random convolutions already tell much of a voice;
 * with a few hours of audio, gradients alone need very many steps to get as far.
 */
final class DiscriminantStart {
  private static final int BATCH = 32;

  private final TrainingConfig.DiscriminantConf config;
  private final CropSampler sampler;
  private final @Nullable Augmenter augmenter;
  private final FeatureExtractor features;
  private final NDManager manager;
  private final ParameterStore store;
  private final int samples;

  DiscriminantStart(
      TrainingConfig.DiscriminantConf config,
      CropSampler sampler,
      @Nullable Augmenter augmenter,
      FeatureExtractor features,
      NDManager manager,
      ParameterStore store,
      int samples) {
    this.config = config;
    this.sampler = sampler;
    this.augmenter = augmenter;
    this.features = features;
    this.manager = manager;
    this.store = store;
    this.samples = samples;
  }

  /** Sets statistics, embedding and classifier. */
  void apply(Block network, CosineClassifier classifier, long seed) {
    if (!(network instanceof LinearEmbedding embedding)) {
      throw new IllegalArgumentException(
          "discriminant_conf needs a network whose last layer is linear");
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int batch = 0; batch < config.statisticsBatches(); batch++) {
      List<float[]> crops = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        float[] crop = new float[samples];
        sampler.draw(crop, random);
        crops.add(augmented(crop, random));
      }
      statistics(embedding, crops, true);
    }
    List<float[]> vectors = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<float[]> crops = new ArrayList<>();
    for (int pass = 0; pass < config.passes(); pass++) {
      for (int clip = 0; clip < sampler.size(); clip++) {
        int count = (int) Math.max(1, Math.min(12, sampler.length(clip) / samples));
        for (int i = 0; i < count; i++) {
          float[] crop = new float[samples];
          sampler.crop(clip, crop, random);
          // Clean and changed crops in turn: the spread inside a speaker is then that of channels.
          crops.add((pass + i) % 2 == 0 ? crop : augmented(crop, random));
          labels.add(sampler.label(clip));
          if (crops.size() == BATCH) {
            vectors.addAll(statistics(embedding, crops, false));
            crops.clear();
          }
        }
      }
    }
    if (!crops.isEmpty()) {
      vectors.addAll(statistics(embedding, crops, false));
    }
    int[] classes = labels.stream().mapToInt(Integer::intValue).toArray();
    int size = (int) classifier.weight().getShape().get(1);
    Discriminant.Projection projection =
        Discriminant.fit(vectors, classes, size, config.shrinkage());
    embedding.setProjection(projection.weight(), projection.bias());
    setClassMeans(classifier, vectors, classes, projection);
  }

  private float[] augmented(float[] crop, SplittableRandom random) {
    return augmenter == null ? crop : augmenter.apply(crop, random.split());
  }

  private List<float[]> statistics(
      LinearEmbedding embedding, List<float[]> crops, boolean training) {
    float[] flat = new float[crops.size() * samples];
    for (int i = 0; i < crops.size(); i++) {
      System.arraycopy(crops.get(i), 0, flat, i * samples, samples);
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray frames = features.extract(scratch.create(flat, new Shape(crops.size(), samples)));
      NDArray centred = frames.sub(frames.mean(new int[] {1}, true));
      float[] values = embedding.statistics(store, centred, training).toFloatArray();
      int size = values.length / crops.size();
      List<float[]> rows = new ArrayList<>();
      for (int i = 0; i < crops.size(); i++) {
        rows.add(Arrays.copyOfRange(values, i * size, (i + 1) * size));
      }
      return rows;
    }
  }

  private static void setClassMeans(
      CosineClassifier classifier,
      List<float[]> vectors,
      int[] classes,
      Discriminant.Projection projection) {
    float[] rows = classifier.weight().getArray().toFloatArray();
    int size = projection.bias().length;
    boolean[] seen = new boolean[rows.length / size];
    for (int i = 0; i < classes.length; i++) {
      int start = classes[i] * size;
      if (!seen[classes[i]]) {
        seen[classes[i]] = true;
        Arrays.fill(rows, start, start + size, 0f);
      }
      float[] vector = unit(project(vectors.get(i), projection));
      for (int k = 0; k < size; k++) {
        rows[start + k] += vector[k];
      }
    }
    for (int label = 0; label < seen.length; label++) {
      float[] row = unit(Arrays.copyOfRange(rows, label * size, (label + 1) * size));
      System.arraycopy(row, 0, rows, label * size, size);
    }
    StateDict.assign(classifier.weight(), rows);
  }

  private static float[] project(float[] vector, Discriminant.Projection projection) {
    float[] result = projection.bias().clone();
    for (int row = 0; row < result.length; row++) {
      float[] weights = projection.weight()[row];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += (double) weights[i] * vector[i];
      }
      result[row] += (float) sum;
    }
    return result;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float scale = (float) (1 / Math.sqrt(Math.max(squares, 1e-24)));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
