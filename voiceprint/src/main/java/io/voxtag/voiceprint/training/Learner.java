package io.voxtag.voiceprint.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.loss.CosineClassifier;
import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.loss.LossMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.StateDict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Everything that learns: a network with its classifier, the loss, and the optimiser. */
final class Learner implements AutoCloseable {
  private final TrainingConfig config;
  private final NDManager manager;
  private final FeatureExtractor features;
  private final Block network;
  private final CosineClassifier classifier;
  private final Adam adam;
  private final ParameterStore store;
  private final int embeddingSize;
  private final Map<String, NDArray> state = new LinkedHashMap<>();

  /**
   * Makes a network with random weights.
   *
   * @param classes speakers to tell apart
   */
  Learner(TrainingConfig config, FeatureExtractor features, int classes, NDManager manager) {
    this.config = config;
    this.features = features;
    this.manager = manager;
    store = new ParameterStore(manager, false);
    Map<String, Object> arguments = new LinkedHashMap<>(config.modelConf());
    arguments.put("input_size", features.bins());
    network = Architecture.of(config.useModel()).create(arguments);
    Shape input = new Shape(1, 100, features.bins());
    network.initialize(manager, DataType.FLOAT32, input);
    embeddingSize = (int) network.getOutputShapes(new Shape[] {input})[0].get(1);
    classifier = new CosineClassifier(manager, classes, embeddingSize);
    Map<String, Parameter> parameters = new LinkedHashMap<>(StateDict.of(network));
    parameters.put("classifier.weight", classifier.weight());
    adam = new Adam(manager, parameters, config.optimizerConf().weightDecay());
    parameters.forEach((name, parameter) -> state.put(name, parameter.getArray()));
    state.putAll(adam.moments());
  }

  /**
   * What came of a batch.
   *
   * @param loss mean
   * @param right crops whose own class had the largest cosine
   */
  record Result(double loss, long right) {}

  /** Moves all weights by one batch. */
  Result step(BatchLoader.Batch batch, long step, double rate, double margin) {
    TrainingConfig.LossConf conf = config.lossConf();
    Loss loss =
        LossMethod.of(conf.loss())
            .create(
                manager, Map.of("scale", conf.scale(), "label_smoothing", conf.labelSmoothing()));
    try (NDManager scratch = manager.newSubManager()) {
      int size = batch.labels().length;
      int samples = batch.waveforms().length / size;
      NDArray waveforms = scratch.create(batch.waveforms(), new Shape(size, samples));
      NDArray labels = scratch.create(batch.labels());
      NDArray input = normalised(waveforms);
      if (config.trainConf().specAugment()) {
        input = SpecAugment.mask(input, new SplittableRandom(config.trainConf().seed() ^ ~step));
      }
      NDArray cosines;
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray embeddings = network.forward(store, new NDList(input), true).singletonOrThrow();
        cosines = classifier.logits(embeddings);
        value = loss.evaluate(embeddings, cosines, labels, margin);
        collector.backward(value);
      }
      NDArray right = cosines.argMax(1).eq(labels).sum();
      adam.step(scratch, rate);
      return new Result(value.getFloat(), right.getLong());
    }
  }

  private NDArray normalised(NDArray waveforms) {
    NDArray frames = features.extract(waveforms);
    return frames.sub(frames.mean(new int[] {1}, true));
  }

  /** All that a checkpoint holds, by name; live arrays. */
  Map<String, NDArray> state() {
    return state;
  }

  /** Tells the optimiser how many steps the loaded state has seen. */
  void resume(long steps) {
    adam.resume(steps);
  }

  Block network() {
    return network;
  }

  CosineClassifier classifier() {
    return classifier;
  }

  ParameterStore store() {
    return store;
  }

  int embeddingSize() {
    return embeddingSize;
  }

  @Override
  public void close() {
    adam.close();
  }
}
