package io.voxtag.voiceprint.training;

import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.loss.Classifier;
import io.voxtag.voiceprint.loss.CosineClassifier;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.config.DiscriminantConf;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Starts a network whose filters are still random at a good place: its normalisation statistics are
 * those of the data, its embedding is the linear discriminant of the pooled statistics, and its
 * classifier looks at the mean of each speaker. Random convolutions already tell much of a voice;
 * with a few hours of audio, gradients alone need very many steps to get as far.
 */
final class DiscriminantStart {
  private final DiscriminantConf config;
  private final CropVectors crops;
  private final ParameterStore store;

  DiscriminantStart(DiscriminantConf config, CropVectors crops, ParameterStore store) {
    this.config = config;
    this.crops = crops;
    this.store = store;
  }

  /**
   * Sets statistics, embedding and classifier.
   *
   * @throws IllegalArgumentException if network or classifier have no place for them
   */
  void apply(Block network, Classifier target, long seed) {
    if (!(target instanceof CosineClassifier classifier)) {
      throw new IllegalArgumentException(
          "discriminant_conf needs classifier_conf with classifier_type Cosine and no num_blocks");
    }
    LinearEmbedding embedding = LinearEmbedding.of(network, "discriminant_conf");
    SplittableRandom random = new SplittableRandom(seed);
    crops.warm(
        config.statisticsBatches(), frames -> embedding.statistics(store, frames, true), random);
    CropVectors.Labelled samples =
        crops.of(config.passes(), frames -> embedding.statistics(store, frames, false), random);
    int size = (int) classifier.weight().getShape().get(1);
    LinearEmbedding.Projection projection =
        Centring.centred(
            Discriminant.fit(
                samples.vectors(),
                samples.labels(),
                Nuisance.of(samples, config),
                size,
                config.shrinkage()),
            config.centreOn(),
            "discriminant_conf.centre_on",
            start ->
                crops.mean(start, frames -> embedding.statistics(store, frames, false), random));
    embedding.setProjection(projection);
    setClassMeans(classifier, samples, projection);
  }

  private static void setClassMeans(
      CosineClassifier classifier,
      CropVectors.Labelled samples,
      LinearEmbedding.Projection projection) {
    float[] rows = classifier.weight().getArray().toFloatArray();
    int size = projection.bias().length;
    boolean[] seen = new boolean[rows.length / size];
    for (int i = 0; i < samples.labels().length; i++) {
      int label = samples.labels()[i];
      int start = label * size;
      if (!seen[label]) {
        seen[label] = true;
        Arrays.fill(rows, start, start + size, 0f);
      }
      float[] vector = unit(projection.apply(samples.vectors().get(i)));
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
