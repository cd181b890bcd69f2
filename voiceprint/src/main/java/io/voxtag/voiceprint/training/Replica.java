package io.voxtag.voiceprint.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.loss.Classifier;
import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.loss.LossMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.augment.FeatureAugmenter;
import io.voxtag.voiceprint.training.batch.Batch;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A network with its classifier and loss on one device. */
final class Replica implements AutoCloseable {
  private static final int FRAMES = 100;

  /** Parts of a batch are changed in different ways. */
  private static final long PART_SEED = 0x9E3779B97F4A7C15L;

  private final TrainingConfig config;
  private final NetworkInput input;
  private final Optional<FeatureAugmenter> featureAugmenter;
  private final NDManager manager;
  private final ParameterStore store;
  private final Optional<HalfPrecision> half;
  private final Block network;
  private final Classifier classifier;
  private final Loss loss;
  private final int embeddingSize;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /**
   * Makes a network with random weights.
   *
   * @param input what it reads
   * @param classes speakers to tell apart
   * @param halved true to learn in half precision
   */
  Replica(TrainingConfig config, NetworkInput input, int classes, Device device, boolean halved) {
    this.config = config;
    this.input = input;
    featureAugmenter = FeatureAugmenter.of(config.augmentConf(), config.trainConf().specAugment());
    manager = NDManager.newBaseManager(device);
    store = new ParameterStore(manager, false);
    half = halved ? Optional.of(new HalfPrecision(manager)) : Optional.empty();
    Map<String, Object> arguments = new LinkedHashMap<>(config.modelConf());
    arguments.put("input_size", input.features().bins());
    network = Architecture.of(config.useModel()).create(arguments);
    Shape shape = new Shape(1, FRAMES, input.features().bins());
    network.initialize(manager, DataType.FLOAT32, shape);
    embeddingSize = (int) network.getOutputShapes(new Shape[] {shape})[0].get(1);
    loss = LossMethod.of(config.lossConf().loss()).create(manager, config.lossConf().lossArgs());
    classifier = Classifier.create(manager, classes, embeddingSize, classifierArguments());
    parameters.putAll(StateDict.of(network));
    classifier.parameters().forEach((name, value) -> parameters.put("classifier." + name, value));
    loss.parameters().forEach((name, value) -> parameters.put("loss." + name, value));
  }

  /** A loss with several directions a class needs a classifier with as many. */
  private Map<String, Object> classifierArguments() {
    Map<String, Object> arguments = new LinkedHashMap<>(config.classifierConf());
    arguments.putIfAbsent("K", loss.centres());
    if (!Integer.valueOf(loss.centres()).equals(arguments.get("K"))) {
      throw new IllegalArgumentException(
          "classifier_conf.K is %s but must be %d, that of loss_conf.loss_args"
              .formatted(arguments.get("K"), loss.centres()));
    }
    return arguments;
  }

  /**
   * What came of some crops; on the device, so that others can begin before this one ends.
   *
   * @param loss mean
   * @param right crops whose own class had the highest score
   */
  record Outcome(NDArray loss, NDArray right) {}

  /**
   * Adds the gradients of some crops of a batch.
   *
   * @param scratch a manager of this device
   * @param from first of the crops
   * @param to after the last of them
   * @param factor what the gradients are multiplied with, besides the share of the crops
   */
  Outcome learn(
      GradientCollector collector,
      NDManager scratch,
      Batch batch,
      int from,
      int to,
      long step,
      double margin,
      double factor) {
    int size = batch.cropSize();
    float[] crops = Arrays.copyOfRange(batch.values(), from * size, to * size);
    NDArray labels = scratch.create(Arrays.copyOfRange(batch.labels(), from, to));
    NDArray frames = changed(input.ofCrops(scratch, crops, to - from), from, step);
    NDArray embeddings = forward(frames, scratch);
    NDArray logits = classifier.logits(embeddings);
    NDArray value = loss.evaluate(embeddings, logits, labels, margin);
    double share = factor * (to - from) / batch.size();
    collector.backward(share == 1 ? value : value.mul((float) share));
    return new Outcome(value, loss.scores(logits).argMax(1).eq(labels).sum());
  }

  /** In half precision where that was asked for; loss and classifier never are. */
  private NDArray forward(NDArray frames, NDManager scratch) {
    if (half.isEmpty()) {
      return network.forward(store, new NDList(frames), true).singletonOrThrow();
    }
    HalfPrecision weights = half.get();
    weights.use(scratch);
    try {
      return network
          .forward(weights, new NDList(frames.toType(DataType.FLOAT16, false)), true)
          .singletonOrThrow()
          .toType(DataType.FLOAT32, false);
    } finally {
      weights.release();
    }
  }

  private NDArray changed(NDArray frames, int from, long step) {
    if (featureAugmenter.isEmpty()) {
      return frames;
    }
    long seed = (config.trainConf().seed() ^ ~step) + from * PART_SEED;
    return featureAugmenter.get().apply(frames, new SplittableRandom(seed));
  }

  /** Embeddings [batch, embedding] of what it reads, [batch, frames, bins], without learning. */
  NDArray embed(NDArray frames) {
    return network.forward(store, new NDList(frames), false).singletonOrThrow();
  }

  NDManager manager() {
    return manager;
  }

  ParameterStore store() {
    return store;
  }

  Block network() {
    return network;
  }

  Classifier classifier() {
    return classifier;
  }

  Loss loss() {
    return loss;
  }

  int embeddingSize() {
    return embeddingSize;
  }

  /** Everything that belongs to it, by name. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  @Override
  public void close() {
    manager.close();
  }
}
