package io.voxtag.voiceprint.training;

import ai.djl.Device;
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
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.ModelExport;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.loss.CosineClassifier;
import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.loss.LossMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.LinearEmbedding;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.augment.Augmenter;
import io.voxtag.voiceprint.training.data.AudioCache;
import io.voxtag.voiceprint.training.data.TrainingList;
import io.voxtag.voiceprint.training.schedule.MarginRamp;
import io.voxtag.voiceprint.training.schedule.WarmupCosine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * Trains a network on one device, from the start or from where an earlier run in the same folder
 * stopped. A resumed run continues exactly: batches, schedules and optimiser state depend only on
 * the configuration and the step.
 */
public final class TrainingRun implements AutoCloseable {
  private final TrainingConfig config;
  private final Path directory;
  private final NDManager manager;
  private final Block network;
  private final CosineClassifier classifier;
  private final Loss loss;
  private final Adam adam;
  private final Map<String, NDArray> state = new LinkedHashMap<>();
  private final ParameterStore store;
  private final FeatureExtractor features;
  private final BatchLoader loader;
  private final int samples;
  private final DoubleFunction<CropVectors> crops;
  private final WarmupCosine rate;
  private final MarginRamp margin;
  private final int embeddingSize;
  private final ModelManifest.TrainingData data;
  private long step;

  /**
   * Opens a run: decodes the audio where that has not been done, and takes up the last checkpoint.
   *
   * @param listFolder folder of the training list
   * @param directory where checkpoints lie
   * @param cacheDirectory where decoded audio lies
   */
  public TrainingRun(
      TrainingConfig config, Path listFolder, Path directory, Path cacheDirectory, Device device)
      throws IOException {
    this.config = config;
    this.directory = directory;
    TrainingConfig.DatasetConf dataset = config.datasetConf();
    Engine.getInstance().setRandomSeed((int) config.trainConf().seed());
    manager = NDManager.newBaseManager(device);
    store = new ParameterStore(manager, false);
    features =
        FeatureMethod.of(config.preprocessConf().featureMethod())
            .create(config.preprocessConf().methodArgs());
    samples = (int) Math.round(dataset.chunkDuration() * AudioCache.SAMPLE_RATE);

    TrainingList list = TrainingList.read(listFolder.resolve(dataset.trainList()), listFolder);
    List<Path> files = list.utterances().stream().map(TrainingList.Utterance::file).toList();
    List<AudioCache> caches = new ArrayList<>();
    for (double speed : dataset.speeds()) {
      caches.add(AudioCache.open(cacheDirectory, files, speed, dataset.minDuration()));
    }
    CropSampler sampler = new CropSampler(list, caches, dataset.samplerWeights());

    Map<String, Object> arguments = new LinkedHashMap<>(config.modelConf());
    arguments.put("input_size", features.bins());
    network = Architecture.of(config.useModel()).create(arguments);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, features.bins()));
    embeddingSize =
        (int) network.getOutputShapes(new Shape[] {new Shape(1, 100, features.bins())})[0].get(1);
    classifier = new CosineClassifier(manager, sampler.classes(), embeddingSize);
    data = describe(listFolder.resolve(dataset.trainList()), list, caches);
    Map<String, Parameter> parameters = new LinkedHashMap<>(StateDict.of(network));
    parameters.put("classifier.weight", classifier.weight());
    adam = new Adam(manager, parameters, config.optimizerConf().weightDecay());
    parameters.forEach((name, parameter) -> state.put(name, parameter.getArray()));
    state.putAll(adam.moments());

    TrainingConfig.LossConf lossConf = config.lossConf();
    loss =
        LossMethod.of(lossConf.loss())
            .create(
                manager,
                Map.of("scale", lossConf.scale(), "label_smoothing", lossConf.labelSmoothing()));
    long steps = config.trainConf().maxSteps();
    rate =
        new WarmupCosine(
            config.optimizerConf().minLearningRate(),
            config.optimizerConf().learningRate(),
            config.optimizerConf().warmupSteps(),
            Math.max(steps, config.optimizerConf().warmupSteps() + 1));
    margin =
        new MarginRamp(
            0,
            lossConf.margin(),
            Math.round(lossConf.marginStart() * steps),
            Math.round(lossConf.marginFix() * steps));

    Augmenter augmenter = augmenter(dataset, listFolder, cacheDirectory, caches);
    Optional<Long> saved = Checkpoint.load(manager, directory, state);
    TrainingConfig.DiscriminantConf start = config.discriminantConf();
    crops =
        seconds ->
            new CropVectors(
                sampler,
                augmenter,
                features,
                manager,
                (int) Math.round(seconds * AudioCache.SAMPLE_RATE));
    if (saved.isEmpty() && start != null) {
      new DiscriminantStart(start, crops.apply(start.cropDuration()), store)
          .apply(network, classifier, config.trainConf().seed());
      Checkpoint.save(manager, directory, state, 0);
    }
    step = saved.orElse(0L);
    adam.resume(step);
    loader =
        new BatchLoader(
            sampler,
            augmenter,
            dataset.batchSize(),
            samples,
            config.trainConf().seed(),
            config.trainConf().numWorkers(),
            step);
  }

  private @org.jspecify.annotations.Nullable Augmenter augmenter(
      TrainingConfig.DatasetConf data, Path listFolder, Path cache, List<AudioCache> caches)
      throws IOException {
    if (config.augmentConf() == null) {
      return null;
    }
    List<AudioCache.Clip> noises = List.of();
    if (data.noiseDir() != null) {
      try (Stream<Path> files = Files.walk(listFolder.resolve(data.noiseDir()))) {
        List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
        noises = AudioCache.open(cache, sorted, 1, 0).clips();
      }
    }
    return new Augmenter(config.augmentConf(), noises, caches.get(0).clips());
  }

  /**
   * Trains to the last step.
   *
   * @param listener told of progress after every {@code log_interval} steps
   * @throws DivergedException if the loss is no longer a number
   */
  public void run(Consumer<TrainingProgress> listener) throws IOException, InterruptedException {
    run(listener, Long.MAX_VALUE);
  }

  /**
   * Trains to the last step or to an earlier one. The schedules stay those of the whole run, so
   * that it can go on later as if it had not stopped.
   *
   * @param listener told of progress after every {@code log_interval} steps and at the end
   * @param stopAt the step to stop at
   * @throws DivergedException if the loss is no longer a number
   */
  public void run(Consumer<TrainingProgress> listener, long stopAt)
      throws IOException, InterruptedException {
    TrainingConfig.TrainConf train = config.trainConf();
    long last = Math.min(stopAt, train.maxSteps());
    double lossSum = 0;
    long right = 0;
    long seen = 0;
    long started = System.nanoTime();
    while (step < last) {
      BatchLoader.Batch batch = loader.next();
      StepResult result = step(batch);
      if (!Double.isFinite(result.loss())) {
        throw new DivergedException(step, rate.at(step));
      }
      step++;
      lossSum += result.loss() * batch.labels().length;
      right += result.right();
      seen += batch.labels().length;
      if (step % train.logInterval() == 0 || step == last) {
        double seconds = (System.nanoTime() - started) / 1e9;
        double perSecond = seen / seconds;
        double left = (train.maxSteps() - step) * config.datasetConf().batchSize() / perSecond;
        listener.accept(
            new TrainingProgress(
                step,
                train.maxSteps(),
                lossSum / seen,
                (double) right / seen,
                rate.at(step - 1),
                margin.at(step - 1),
                perSecond,
                Math.round(left)));
        lossSum = 0;
        right = 0;
        seen = 0;
        started = System.nanoTime();
      }
      if (step % train.checkpointInterval() == 0 || step == last) {
        Checkpoint.save(manager, directory, state, step);
      }
    }
  }

  private record StepResult(double loss, long right) {}

  private StepResult step(BatchLoader.Batch batch) {
    try (NDManager scratch = manager.newSubManager()) {
      int size = batch.labels().length;
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
        value = loss.evaluate(embeddings, cosines, labels, margin.at(step));
        collector.backward(value);
      }
      NDArray right = cosines.argMax(1).eq(labels).sum();
      adam.step(scratch, rate.at(step));
      return new StepResult(value.getFloat(), right.getLong());
    }
  }

  private NDArray normalised(NDArray waveforms) {
    NDArray frames = features.extract(waveforms);
    return frames.sub(frames.mean(new int[] {1}, true));
  }

  /** Steps done. */
  public long steps() {
    return step;
  }

  /**
   * Writes the network with its present weights as a bundle that decides nothing yet: thresholds
   * come from an evaluation.
   *
   * @param directory that does not exist or is empty
   * @param version name of the model
   */
  public ModelBundle export(Path directory, String version) throws IOException {
    ManifestDraft draft =
        new ManifestDraft(
            version,
            new ModelManifest.Architecture(config.useModel(), config.modelConf()),
            new ModelManifest.Features(
                config.preprocessConf().featureMethod(), config.preprocessConf().methodArgs()),
            AudioCache.SAMPLE_RATE,
            embeddingSize,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            JsonNodeFactory.instance.objectNode(),
            data,
            Map.of("training.steps", (double) step),
            config.datasetConf().attribution());
    TrainingConfig.WhiteningConf end = config.whiteningConf();
    if (end == null) {
      return ModelExport.write(network, draft, directory, DType.F16);
    }
    LinearEmbedding embedding = LinearEmbedding.of(network, "whitening_conf");
    LinearEmbedding.Projection trained = embedding.projection();
    try {
      new Whitening(end, crops.apply(end.cropDuration()), store)
          .apply(network, config.trainConf().seed());
      return ModelExport.write(network, draft, directory, DType.F16);
    } finally {
      // The run may go on from here.
      embedding.setProjection(trained);
    }
  }

  private static ModelManifest.TrainingData describe(
      Path file, TrainingList list, List<AudioCache> caches) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new ModelManifest.TrainingData(
          "sha256:" + HexFormat.of().formatHex(digest),
          "the digest is that of the list " + file.getFileName(),
          list.speakers().size(),
          caches.get(0).clips().size());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The network with its present weights; valid until the run is closed. */
  public Block network() {
    return network;
  }

  @Override
  public void close() {
    loader.close();
    adam.close();
    manager.close();
  }
}
