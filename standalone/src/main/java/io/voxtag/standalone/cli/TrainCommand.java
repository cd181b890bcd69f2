package io.voxtag.standalone.cli;

import io.voxtag.evaluation.TrialList;
import io.voxtag.evaluation.training.CurvePicture;
import io.voxtag.evaluation.training.Evaluators;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.Evaluator;
import io.voxtag.voiceprint.training.TrainingJob;
import io.voxtag.voiceprint.training.TrainingRun;
import io.voxtag.voiceprint.training.augment.AugmentConfig;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.curves.CurveWriter;
import io.voxtag.voiceprint.training.curves.Curves;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code voxtag train}. */
@Command(
    name = "train",
    description = "Trains a model, or goes on with a run that was stopped.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The run folder holds checkpoints (last_model, best_model, epoch_N), curves.png, curves.tsv",
      "and TensorBoard's event files (log); the same command goes on from the last checkpoint.",
      "Decoded audio is kept in the cache folder. At the end the model is written as a bundle;",
      "'voxtag calibrate' then gives it a threshold. docs/training.md explains every key."
    })
final class TrainCommand implements Callable<Integer> {

  private final Output output;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Training configuration, for example configs/ecapa_tdnn.yml.")
  private Path config = Path.of("");

  @Option(
      names = "--augmentation",
      paramLabel = "FILE",
      description =
          "Changes to the audio, for example configs/augmentation.yml, instead of those of the"
              + " configuration.")
  private @Nullable Path augmentation;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder that the paths in the configuration begin at. Default: the working one.")
  private Path data = Path.of("");

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the checkpoints of this run.")
  private Path run = Path.of("");

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Folder for decoded audio. Default: 'cache' in the run folder.")
  private @Nullable Path cache;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Checkpoint to go on from, for example RUN/epoch_3. Default: the last one of the run.")
  private @Nullable Path resume;

  @Option(
      names = "--base",
      paramLabel = "BUNDLE",
      description = "Begin with the weights of this bundle or checkpoint, as far as they fit.")
  private @Nullable Path base;

  @Option(
      names = "--trials",
      paramLabel = "FILE",
      description =
          "Trials whose error rate is measured after each epoch, as for 'voxtag eval', instead of"
              + " the lists of the configuration.")
  private @Nullable Path trials;

  @Option(
      names = "--enroll",
      paramLabel = "FILE",
      description = "What the models of the trials are made of.")
  private @Nullable Path enrolments;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "Write the trained model there. Without it only checkpoints are written.")
  private @Nullable Path bundle;

  @Option(
      names = "--model-version",
      paramLabel = "NAME",
      defaultValue = "trained-1",
      description = "Version name of the model. Default: ${DEFAULT-VALUE}.")
  private String version = "trained-1";

  @Option(
      names = "--stop-at",
      paramLabel = "STEP",
      description =
          "Stop after this step, though the configuration plans more; the same command without it"
              + " goes on.")
  private @Nullable Long stopAt;

  @Option(
      names = {"--devices", "--device"},
      paramLabel = "DEVICE",
      split = ",",
      defaultValue = "auto",
      description =
          "auto, cpu, gpu or the number of a GPU; several, with commas between, share each batch."
              + " Default: ${DEFAULT-VALUE}.")
  private List<String> devices = List.of("auto");

  TrainCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<DeviceChoice> choices = choices();
    TrainingConfig read = configuration();
    Evaluator evaluator =
        trials == null
            ? Evaluators.of(read.datasetConf(), data).orElse(null)
            : Evaluators.of(
                enrolments == null ? TrialList.read(trials) : TrialList.read(trials, enrolments),
                data);
    output.line("reading " + data.resolve(read.datasetConf().trainList()));
    try (EndBySignal signal = new EndBySignal();
        TrainingRun training = open(read, choices);
        CurveWriter curves = new CurveWriter(run, training.steps())) {
      signal.ends(training::interrupt);
      introduce(training);
      TrainingLines lines = new TrainingLines(output, curves);
      try {
        training.run(lines, evaluator, stopAt == null ? Long.MAX_VALUE : stopAt);
      } finally {
        lines.done();
        Path picture = run.resolve("curves.png");
        if (CurvePicture.draw(new Curves(run).read(), picture)) {
          output.line("curves in " + picture);
        }
      }
      if (training.isInterrupted()) {
        output.line(
            "stopped after step %d: the same command goes on from there"
                .formatted(training.steps()));
        return ExitCodes.OK;
      }
      if (training.stoppedEarly()) {
        output.line("stopped early: the last epochs brought no lower error rate");
      }
      if (!training.broken().isEmpty()) {
        output.line(
            "%d recordings could not be used: %s"
                .formatted(training.broken().size(), training.broken()));
      }
      if (bundle != null) {
        training.export(bundle, version);
        output.line("wrote " + bundle);
      }
    }
    return ExitCodes.OK;
  }

  private TrainingConfig configuration() throws IOException {
    TrainingConfig read = TrainingConfig.read(config);
    return augmentation == null ? read : read.withAugmentConf(AugmentConfig.read(augmentation));
  }

  private List<DeviceChoice> choices() {
    try {
      return devices.stream().map(DeviceChoice::new).toList();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private TrainingRun open(TrainingConfig read, List<DeviceChoice> choices) throws IOException {
    try {
      return new TrainingRun(
          new TrainingJob(
              read,
              data,
              run,
              cache == null ? run.resolve("cache") : cache,
              choices,
              resume,
              base));
    } catch (IllegalArgumentException e) {
      // A value that only turned out not to fit once the data or the network were there.
      throw CommandException.failed(config + ": " + e.getMessage());
    }
  }

  private void introduce(TrainingRun training) {
    if (training.steps() > 0) {
      output.line("going on from step " + training.steps());
    }
    training
        .transfer()
        .ifPresent(
            transfer -> {
              output.line("took %d tensors of %s".formatted(transfer.taken(), base));
              if (!transfer.notTaken().isEmpty()) {
                output.line("not taken, as they fit nothing: " + transfer.notTaken());
              }
              if (!transfer.missing().isEmpty()) {
                output.line("beginning at random: " + transfer.missing());
              }
            });
  }
}
