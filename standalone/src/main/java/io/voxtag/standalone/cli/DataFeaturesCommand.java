package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.features.FeatureExtraction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code voxtag data features}. */
@Command(
    name = "features",
    description = "Computes the features of a training list once, so that training need not.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "DIR gets a safetensors file for each recording, a list of them (train_list_features.txt for",
      "train_list.txt) and features.json, which says what they are. To train on them, set",
      "dataset_conf.train_list to that list. Changes to audio, such as noise, are not possible then."
    })
final class DataFeaturesCommand implements Callable<Integer> {

  private final Output output;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Training configuration, for example configs/ecapa_tdnn.yml.")
  private Path config = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder that the paths in the configuration begin at. Default: the working one.")
  private Path data = Path.of("");

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the features.")
  private Path target = Path.of("");

  @Option(
      names = "--max-seconds",
      paramLabel = "SECONDS",
      defaultValue = "100",
      description = "Use so much of a recording. Default: ${DEFAULT-VALUE}.")
  private double maxSeconds = 100;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, gpu or the number of a GPU. Default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  @Option(names = "--json", description = "End with the counts as a line of JSON.")
  private boolean json;

  DataFeaturesCommand(Output output) {
    this.output = output;
  }

  /** What scripts read. */
  record Counts(String list, int speakers, int recordings, double hours, int leftOut) {}

  @Override
  public Integer call() throws IOException {
    DeviceChoice choice = choice();
    FeatureExtraction.Result result = extract(TrainingConfig.read(config), choice);
    result.leftOut().forEach(left -> output.note("left out " + left));
    result
        .obstacles()
        .forEach(obstacle -> output.note("training on these features will refuse: " + obstacle));
    print(result);
    return ExitCodes.OK;
  }

  private DeviceChoice choice() {
    try {
      return new DeviceChoice(device);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private FeatureExtraction.Result extract(TrainingConfig read, DeviceChoice choice)
      throws IOException {
    Meter meter = new Meter(output, "recordings");
    try {
      return new FeatureExtraction(read, data, target, maxSeconds, choice).extract(meter::at);
    } catch (IllegalArgumentException e) {
      // A value that only turned out not to fit once the list or the folder were there.
      throw CommandException.failed(config + ": " + e.getMessage());
    } finally {
      meter.done();
    }
  }

  private void print(FeatureExtraction.Result result) {
    if (json) {
      output.json(
          new Counts(
              result.list().toString(),
              result.speakers(),
              result.recordings(),
              result.hours(),
              result.leftOut().size()));
      return;
    }
    output.line(
        String.format(
            Locale.ROOT,
            "wrote %s: %d speakers, %d recordings, %.2f hours",
            result.list(),
            result.speakers(),
            result.recordings(),
            result.hours()));
    if (!result.leftOut().isEmpty()) {
      output.line("left out " + result.leftOut().size() + " recordings");
    }
  }
}
