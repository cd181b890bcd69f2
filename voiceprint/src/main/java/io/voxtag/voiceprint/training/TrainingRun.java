package io.voxtag.voiceprint.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import io.voxtag.voiceprint.feature.FeatureMethod;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * Trains a network on one device, from the start or from where an earlier run in the same folder
 * stopped. A resumed run continues exactly: batches, schedules and optimiser state depend only on
 * the configuration and the step.
 */
public final class TrainingRun implements AutoCloseable {
  private final TrainingConfig config;
  private final Path directory;
  private final NDManager manager;
  private final Learner learner;
  private final Schedules schedules;
  private final BatchLoader loader;
  private final RunExport export;
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
    Engine.getInstance().setRandomSeed((int) config.trainConf().seed());
    manager = NDManager.newBaseManager(device);
    FeatureExtractor features =
        FeatureMethod.of(config.preprocessConf().featureMethod())
            .create(config.preprocessConf().methodArgs());
    TrainingData data = TrainingData.open(config, listFolder, cacheDirectory);
    learner = new Learner(config, features, data.sampler().classes(), manager);
    schedules = Schedules.of(config);
    DoubleFunction<CropVectors> crops =
        seconds ->
            new CropVectors(data.sampler(), data.augmenter(), features, manager, samples(seconds));
    export = new RunExport(config, data.description(), crops);
    Optional<Long> saved = Checkpoint.load(manager, directory, learner.state());
    if (saved.isEmpty()) {
      start(crops);
    }
    step = saved.orElse(0L);
    learner.resume(step);
    loader =
        new BatchLoader(
            data.sampler(),
            data.augmenter(),
            config.datasetConf().batchSize(),
            samples(config.datasetConf().chunkDuration()),
            config.trainConf().seed(),
            config.trainConf().numWorkers(),
            step);
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * AudioCache.SAMPLE_RATE);
  }

  private void start(DoubleFunction<CropVectors> crops) throws IOException {
    TrainingConfig.DiscriminantConf conf = config.discriminantConf();
    if (conf != null) {
      new DiscriminantStart(conf, crops.apply(conf.cropDuration()), learner.store())
          .apply(learner.network(), learner.classifier(), config.trainConf().seed());
      Checkpoint.save(manager, directory, learner.state(), 0);
    }
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
    ProgressMeter meter = new ProgressMeter(config, schedules);
    while (step < last) {
      BatchLoader.Batch batch = loader.next();
      double rate = schedules.rate().at(step);
      Learner.Result result = learner.step(batch, step, rate, schedules.margin().at(step));
      if (!Double.isFinite(result.loss())) {
        throw new DivergedException(step, rate);
      }
      step++;
      meter.add(result, batch.labels().length);
      if (step % train.logInterval() == 0 || step == last) {
        listener.accept(meter.report(step));
      }
      if (step % train.checkpointInterval() == 0 || step == last) {
        Checkpoint.save(manager, directory, learner.state(), step);
      }
    }
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
    return export.write(learner, step, directory, version);
  }

  /** The network with its present weights; valid until the run is closed. */
  public Block network() {
    return learner.network();
  }

  @Override
  public void close() {
    loader.close();
    learner.close();
    manager.close();
  }
}
