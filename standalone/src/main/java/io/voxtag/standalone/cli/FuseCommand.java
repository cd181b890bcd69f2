package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.ModelFusion;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag fuse}. */
@Command(
    name = "fuse",
    description = "Joins trained models into one whose score is the mean of theirs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The models must come from the same data and take the same features, or the lowest bins of",
      "them. The joint model has no threshold until 'voxtag calibrate' gives it one."
    })
final class FuseCommand implements Callable<Integer> {

  private final Output output;

  @Parameters(arity = "2..8", paramLabel = "BUNDLE", description = "The models.")
  private List<Path> models = List.of();

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "NUMBER",
      description = "Weights of the models' scores. Default: all the same.")
  private List<Double> weights = List.of();

  @Option(
      names = "--narrowband-weights",
      split = ",",
      paramLabel = "NUMBER",
      description =
          "Weights for speech that came over a telephone of 8 kHz; 0 leaves a model out. Default:"
              + " those for all speech.")
  private List<Double> narrowband = List.of();

  @Option(
      names = "--model-version",
      required = true,
      paramLabel = "NAME",
      description = "Version name of the joint model.")
  private String version = "";

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new bundle.")
  private Path target = Path.of("");

  FuseCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    List<ModelBundle> bundles = new ArrayList<>();
    for (Path model : models) {
      bundles.add(ModelBundle.open(model));
    }
    try {
      ModelFusion.fuse(
          bundles,
          new ModelFusion.Weights(
              weights.isEmpty() ? Collections.nCopies(models.size(), 1.0) : weights, narrowband),
          version,
          target);
    } catch (IllegalArgumentException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
    output.line("wrote " + target);
    return ExitCodes.OK;
  }
}
