package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.features.FeatureExtraction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code voxtag data features}. */
@Command(
    name = "features",
    description = "Computes the features of recordings once, so that training need not.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "DIR gets a safetensors file for each recording of the lists of the configuration, lists of",
      "them (train_list_features.txt for train_list.txt) and features.json, which says what they",
      "are. To train on them, set dataset_conf.train_list, and the lists for tests if you like, to",
      "these. Changes to audio, such as noise, are not possible then."
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
  record Counts(List<ListCounts> lists, int leftOut) {}

  /** What scripts read of a list. */
  record ListCounts(String file, int speakers, int recordings, double hours) {}

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

  private static ListCounts counts(FeatureExtraction.Listed list) {
    return new ListCounts(list.file().toString(), list.speakers(), list.recordings(), list.hours());
  }

  private void print(FeatureExtraction.Result result) {
    if (json) {
      output.json(
          new Counts(
              result.lists().stream().map(DataFeaturesCommand::counts).toList(),
              result.leftOut().size()));
      return;
    }
    for (FeatureExtraction.Listed list : result.lists()) {
      output.line(
          String.format(
              Locale.ROOT,
              "wrote %s: %d speakers, %d recordings, %.2f hours",
              list.file(),
              list.speakers(),
              list.recordings(),
              list.hours()));
    }
    if (!result.leftOut().isEmpty()) {
      output.line("left out " + result.leftOut().size() + " recordings");
    }
  }
}
