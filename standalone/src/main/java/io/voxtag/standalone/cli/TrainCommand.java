package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.TrainingConfig;
import io.voxtag.voiceprint.training.TrainingProgress;
import io.voxtag.voiceprint.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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
      "The run folder holds checkpoints; the same command goes on from the last one. Decoded audio",
      "is kept in the cache folder. At the end the model is written as a bundle; 'voxtag",
      "calibrate' then gives it a threshold."
    })
final class TrainCommand implements Callable<Integer> {

  private final Output output;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Training configuration, for example configs/starter.yml.")
  private Path config = Path.of("");

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
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or the number of a GPU. Default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  TrainCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainingConfig read = TrainingConfig.read(config);
    Path decoded = cache == null ? run.resolve("cache") : cache;
    output.line("reading " + data.resolve(read.datasetConf().trainList()));
    try (TrainingRun training =
        new TrainingRun(read, data, run, decoded, new DeviceChoice(device).resolve())) {
      if (training.steps() > 0) {
        output.line("going on from step " + training.steps());
      }
      training.run(
          progress -> output.line(line(progress)), stopAt == null ? Long.MAX_VALUE : stopAt);
      if (bundle != null) {
        training.export(bundle, version);
        output.line("wrote " + bundle);
      }
    }
    return ExitCodes.OK;
  }

  private static String line(TrainingProgress progress) {
    return String.format(
        Locale.ROOT,
        "step %d of %d  loss %.4f  accuracy %.3f  learning rate %.6f  margin %.3f  %.1f samples a"
            + " second  %d:%02d left",
        progress.step(),
        progress.steps(),
        progress.loss(),
        progress.accuracy(),
        progress.learningRate(),
        progress.margin(),
        progress.samplesPerSecond(),
        progress.secondsLeft() / 60,
        progress.secondsLeft() % 60);
  }
}
