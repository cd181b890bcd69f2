package io.voxtag.trainer.run;

import io.voxtag.evaluation.training.Evaluators;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.training.EpochReport;
import io.voxtag.voiceprint.training.Evaluator;
import io.voxtag.voiceprint.training.TrainingJob;
import io.voxtag.voiceprint.training.TrainingListener;
import io.voxtag.voiceprint.training.TrainingProgress;
import io.voxtag.voiceprint.training.TrainingRun;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains the network of a run. What it needs lies in the work folder of the run: the lists of
 * recordings, the configuration, checkpoints and decoded audio. Where all that is there already, it
 * goes on from the last checkpoint with the same recordings. Belongs to one thread.
 */
public final class ModelTraining {

  private static final String CONFIG = "config.yml";
  private static final String TRAIN_LIST = "train.txt";
  private static final String HELD_OUT_LIST = "held-out.txt";
  private static final String NETWORK = "network";

  private final Path work;
  private final Path data;
  private final List<DeviceChoice> devices;
  private final Demands demands;

  /**
   * What a training needs at least.
   *
   * @param speakers to train on, at least 2
   * @param utterances of them in all
   */
  public record Demands(int speakers, int utterances) {}

  /**
   * A training.
   *
   * @param work folder of its own
   * @param data folder that paths in configurations begin at
   * @param devices to train on
   */
  public ModelTraining(Path work, Path data, List<DeviceChoice> devices, Demands demands) {
    this.work = work.toAbsolutePath();
    this.data = data.toAbsolutePath();
    this.devices = List.copyOf(devices);
    this.demands = demands;
  }

  /** Whether an earlier trainer has prepared the training, so that it goes on. */
  public boolean isPrepared() {
    return Files.exists(work.resolve(CONFIG));
  }

  /**
   * Writes lists and configuration; the configuration last, so that it tells that all is there.
   *
   * @param run what was asked for
   * @param base bundle to start from; null for random weights
   * @throws RunRefusedException if the configuration is wrong or there is too little to train on
   */
  public void prepare(Run run, SpeakerSplit split, @Nullable Path base)
      throws RunRefusedException, IOException {
    if (split.trainingSpeakers() < demands.speakers()
        || split.training().size() < demands.utterances()) {
      throw new RunRefusedException(
          ("%d speakers with %d utterances to train on%s, at least %d speakers and %d utterances are"
                  + " needed; %d more speakers are held out")
              .formatted(
                  split.trainingSpeakers(),
                  split.training().size(),
                  run.since() == null ? "" : " since " + run.since(),
                  demands.speakers(),
                  demands.utterances(),
                  split.heldOutSpeakers()));
    }
    Files.createDirectories(work);
    write(TRAIN_LIST, split.training());
    write(HELD_OUT_LIST, split.heldOut());
    ModelManifest manifest = base == null ? null : ModelBundle.open(base).manifest();
    Path draft = work.resolve(CONFIG + ".new");
    RunConfig.write(
        run.config(),
        manifest,
        work.resolve(TRAIN_LIST),
        split.heldOutSpeakers() < 2 ? null : work.resolve(HELD_OUT_LIST),
        data,
        draft);
    Files.move(draft, work.resolve(CONFIG));
  }

  /** The recordings of the training, as they were prepared; sources are not kept. */
  public SpeakerSplit prepared() throws IOException {
    return new SpeakerSplit(read(TRAIN_LIST), read(HELD_OUT_LIST));
  }

  /**
   * Trains and writes the network as a bundle that does not decide yet.
   *
   * @param base bundle to start from; null for random weights
   * @param version name of the model
   * @return the bundle
   * @throws RunRefusedException if a value of the configuration turns out not to fit the data
   * @throws RunStoppedException if the listener ends it
   * @throws io.voxtag.voiceprint.training.DivergedException if the loss is no longer a number
   */
  public Path train(@Nullable Path base, String version, RunListener listener)
      throws RunRefusedException, IOException, InterruptedException {
    Path bundle = work.resolve(NETWORK);
    if (Files.exists(bundle)) {
      return bundle;
    }
    TrainingConfig config = TrainingConfig.read(work.resolve(CONFIG));
    Optional<Evaluator> evaluator = Evaluators.of(config.datasetConf(), data);
    TrainingJob job =
        new TrainingJob(
            config, data, work.resolve("run"), work.resolve("cache"), devices, null, base);
    try (TrainingRun training = open(job)) {
      training.run(new Forwarding(listener), evaluator.orElse(null));
      training.export(bundle, version);
    }
    return bundle;
  }

  private static TrainingRun open(TrainingJob job) throws RunRefusedException, IOException {
    try {
      return new TrainingRun(job);
    } catch (IllegalArgumentException e) {
      throw new RunRefusedException("config: " + e.getMessage());
    }
  }

  private record Forwarding(RunListener listener) implements TrainingListener {

    @Override
    public void progressed(TrainingProgress progress) {
      listener.progressed(progress);
    }

    @Override
    public void epochEnded(EpochReport report) {
      listener.epochEnded(report);
    }
  }

  private void write(String name, List<Recording> recordings) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Recording recording : recordings) {
      lines.add(recording.file().toAbsolutePath() + "\t" + recording.speaker());
    }
    Files.write(work.resolve(name), lines);
  }

  private List<Recording> read(String name) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (String line : Files.readAllLines(work.resolve(name))) {
      String[] columns = line.split("\t", 2);
      recordings.add(new Recording(columns[1], Path.of(columns[0]), ""));
    }
    return recordings;
  }
}
