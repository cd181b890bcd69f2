package io.voxtag.voiceprint.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.nn.Block;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.training.batch.Batch;
import io.voxtag.voiceprint.training.batch.BatchLoader;
import io.voxtag.voiceprint.training.config.DiscriminantConf;
import io.voxtag.voiceprint.training.config.TrainConf;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.features.ExtractedFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network, from the start or from where an earlier run in the same folder stopped. A
 * resumed run continues exactly: batches, schedules and optimiser state depend only on the
 * configuration and the step. Belongs to one thread.
 *
 * <pre>{@code
 * TrainingConfig config = TrainingConfig.read(Path.of("configs/ecapa_tdnn.yml"));
 * try (TrainingRun run = new TrainingRun(TrainingJob.of(config, data, folder, cache))) {
 *   run.run(progress -> log(progress.loss()), null);
 *   run.export(bundle, "mine-1");
 * }
 * }</pre>
 */
public final class TrainingRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final TrainingConfig config;
  private final Checkpoints checkpoints;
  private final Learner learner;
  private final Schedules schedules;
  private final BatchLoader loader;
  private final RunExport export;
  private final TestSpeech testSpeech;
  private final List<Path> broken;
  private final Optional<WeightTransfer> transfer;
  private final long steps;
  private final long perEpoch;
  private volatile boolean interrupted;
  private RunState state;

  /**
   * Opens a run: decodes audio where that has not been done, and takes up the last checkpoint.
   *
   * @throws CheckpointException if the checkpoint is of another configuration
   * @throws IllegalArgumentException naming the key whose value does not fit the data or network
   */
  public TrainingRun(TrainingJob job) throws IOException {
    config = job.config();
    TrainConf train = config.trainConf();
    checkpoints = new Checkpoints(job.run(), train.keepCheckpoints());
    Engine.getInstance().setRandomSeed((int) train.seed());
    TrainingData data = TrainingData.open(config, job.data(), job.cache());
    ExtractedFeatures.requireForTests(config, job.data());
    NetworkInput input = new NetworkInput(config.features(), data.extracted());
    broken = data.broken();
    List<Device> devices = job.devices().stream().map(DeviceChoice::resolve).toList();
    learner = new Learner(config, input, data.clips().classes(), devices, halvedOn(devices, train));
    perEpoch = data.sampler().batchesPerEpoch();
    steps = train.steps(perEpoch);
    schedules = Schedules.of(config, learner.main().loss(), steps, perEpoch);
    DoubleFunction<CropVectors> crops =
        seconds ->
            new CropVectors(
                data.clips(),
                data.sampler(),
                data.augmenter(),
                input,
                learner.main().manager(),
                input.cropSize(seconds, learner.main().manager()));
    export = new RunExport(config, data.description(), crops);
    testSpeech =
        new TestSpeech(
            learner.main(),
            config.datasetConf(),
            train.numWorkers(),
            job.cache(),
            input.features());
    Path saved = job.resume() == null && checkpoints.any() ? checkpoints.last() : job.resume();
    transfer = saved == null ? start(job.base(), crops) : Optional.empty();
    state =
        saved == null
            ? RunState.START
            : Checkpoint.load(learner.main().manager(), saved, learner.state());
    learner.resume(state);
    loader =
        new BatchLoader(
            data.clips(),
            data.sampler(),
            data.augmenter(),
            input.cropSize(config.datasetConf().chunkDuration(), learner.main().manager()),
            train.seed(),
            train.numWorkers(),
            state.step());
  }

  private static boolean halvedOn(List<Device> devices, TrainConf train) {
    boolean all = devices.stream().allMatch(Device::isGpu);
    if (train.enableAmp() && !all) {
      LOG.warn(
          "train_conf.enable_amp is true but not all of {} are GPUs: training in single precision",
          devices);
    }
    return train.enableAmp() && all;
  }

  private Optional<WeightTransfer> start(@Nullable Path base, DoubleFunction<CropVectors> crops)
      throws IOException {
    Replica main = learner.main();
    Optional<WeightTransfer> taken =
        base == null
            ? Optional.empty()
            : Optional.of(WeightTransfer.from(base, main.parameters(), main.manager()));
    DiscriminantConf conf = config.discriminantConf();
    if (conf != null) {
      new DiscriminantStart(conf, crops.apply(conf.cropDuration()), main.store())
          .apply(main.network(), main.classifier(), config.trainConf().seed());
      checkpoints.save(main.manager(), learner.state(), RunState.START);
    }
    return taken;
  }

  /**
   * Trains to the last step.
   *
   * @param evaluator measures the network after every epoch; null for none
   * @throws DivergedException if the loss or a weight is no longer a number
   */
  public void run(TrainingListener listener, @Nullable Evaluator evaluator)
      throws IOException, InterruptedException {
    run(listener, evaluator, Long.MAX_VALUE);
  }

  /**
   * Trains to the last step or to an earlier one. The schedules stay those of the whole run, so
   * that it can go on later as if it had not stopped.
   *
   * @param evaluator measures the network after every epoch; null for none
   * @param stopAt the step to stop at
   * @throws DivergedException if the loss or a weight is no longer a number
   */
  public void run(TrainingListener listener, @Nullable Evaluator evaluator, long stopAt)
      throws IOException, InterruptedException {
    TrainConf train = config.trainConf();
    long last = Math.min(stopAt, steps);
    ProgressMeter meter = new ProgressMeter(schedules, loader, steps, perEpoch);
    while (state.step() < last && !stoppedEarly() && !interrupted) {
      step(meter);
      long step = state.step();
      boolean epochEnds = step % perEpoch == 0 || step == steps;
      if (step % train.logInterval() == 0 || step == last) {
        listener.progressed(meter.report(step));
      }
      if (epochEnds) {
        long paused = System.nanoTime();
        listener.epochEnded(endEpoch(evaluator));
        meter.exclude(System.nanoTime() - paused);
      } else if (step % train.checkpointInterval() == 0 || step == last) {
        save();
      }
    }
    if (interrupted) {
      save();
    }
  }

  /**
   * Ends the run after the step that is being done, with a checkpoint to go on from. Called by any
   * thread; does not wait.
   */
  public void interrupt() {
    interrupted = true;
  }

  /** Whether the run was ended from outside. */
  public boolean isInterrupted() {
    return interrupted;
  }

  private void step(ProgressMeter meter) throws InterruptedException {
    long step = state.step();
    Batch batch = loader.next();
    double rate = schedules.rate().at(step);
    Learner.Result result = learner.step(batch, step, rate, schedules.margin().at(step));
    if (!Double.isFinite(result.loss())) {
      throw diverged("the loss", step);
    }
    if (learner.scaler().exhausted()) {
      throw diverged("every gradient in half precision", step);
    }
    state = state.next(result.moved(), learner.scaler());
    meter.add(result, batch.size());
  }

  private EpochReport endEpoch(@Nullable Evaluator evaluator) throws IOException {
    long epoch = (state.step() - 1) / perEpoch + 1;
    Optional<Evaluator.Quality> quality = Optional.empty();
    if (evaluator != null) {
      Evaluator.Quality measured = evaluator.evaluate(testSpeech);
      state = state.evaluated(measured.equalErrorRate());
      quality = Optional.of(measured);
    }
    save();
    checkpoints.keepEpoch(epoch);
    boolean best = quality.isPresent() && state.epochsSinceBest() == 0;
    if (best) {
      checkpoints.keepBest();
    }
    return new EpochReport(epoch, state.step(), quality, best);
  }

  private void save() throws IOException {
    // A gradient can overflow while the loss is still a number: the checkpoint before stays.
    if (!learner.finite()) {
      throw diverged("a weight", state.step() - 1);
    }
    checkpoints.save(learner.main().manager(), learner.state(), state);
  }

  private DivergedException diverged(String what, long step) {
    return new DivergedException(what, step, step / perEpoch + 1, schedules.rate().at(step));
  }

  /** Whether so many epochs brought nothing better that the run is over. */
  public boolean stoppedEarly() {
    int patience = config.trainConf().earlyStopEpochs();
    return patience > 0 && state.epochsSinceBest() >= patience;
  }

  /** Steps done. */
  public long steps() {
    return state.step();
  }

  /** Steps in an epoch. */
  public long stepsPerEpoch() {
    return perEpoch;
  }

  /** Recordings of the training list that could not be used; each is in the log. */
  public List<Path> broken() {
    return broken;
  }

  /** What came over from the weights it was based on; empty where it began with none or goes on. */
  public Optional<WeightTransfer> transfer() {
    return transfer;
  }

  /**
   * Writes the network with its present weights as a bundle that decides nothing yet: thresholds
   * come from an evaluation.
   *
   * @param directory that does not exist or is empty
   * @param version name of the model
   */
  public ModelBundle export(Path directory, String version) throws IOException {
    return export.write(learner.main(), state, directory, version);
  }

  /** The network with its present weights; valid until the run is closed. */
  public Block network() {
    return learner.main().network();
  }

  @Override
  public void close() {
    loader.close();
    learner.close();
  }
}
