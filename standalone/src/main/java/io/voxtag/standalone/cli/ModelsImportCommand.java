package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.importing.CheckpointSource;
import io.voxtag.voiceprint.importing.ImportRequest;
import io.voxtag.voiceprint.importing.ImportedModel;
import io.voxtag.voiceprint.importing.ModelImport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag models import}. */
@Command(
    name = "import",
    description = "Makes a model bundle of a checkpoint that another project published.",
    footer = {
      "",
      "Reads files of PyTorch, without running anything that they hold, and of safetensors. The",
      "bundle has no threshold until 'voxtag calibrate' gives it one."
    })
final class ModelsImportCommand implements Callable<Integer> {

  private static final int SHOWN_NAMES = 8;

  private final Output output;

  @Parameters(paramLabel = "FILE", description = "The checkpoint.")
  private Path checkpoint = Path.of("");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "SOURCE",
      description = "Who published it: speechbrain, wespeaker, 3d-speaker or voiceprint-pytorch.")
  private String source = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Configuration of the training run: needed for voiceprint-pytorch, read for wespeaker.")
  private @Nullable Path config;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "The network, where the weights could be of several, for example CAMPPlus.")
  private @Nullable String architecture;

  // The standard help options would take the name --version for themselves.
  @Option(
      names = {"--version", "--model-version"},
      required = true,
      paramLabel = "NAME",
      description = "Version name of the model.")
  private String version = "";

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "The new bundle.")
  private Path target = Path.of("");

  @Option(
      names = "--attribution",
      paramLabel = "TEXT",
      description = "A licence of the model or its data, to be kept in the bundle; repeatable.")
  private List<String> attribution = List.of();

  @Option(names = "--half", description = "Keep matrices in 16 bits, at half the size.")
  private boolean half;

  @Option(names = "--json", description = "Print the result as a line of JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  ModelsImportCommand(Output output) {
    this.output = output;
  }

  /** What scripts read. */
  record Result(
      String modelVersion,
      String architecture,
      String features,
      int embeddingSize,
      String bundle,
      List<String> unused) {}

  @Override
  public Integer call() throws IOException {
    ImportedModel imported =
        ModelImport.run(
            new ImportRequest(
                checkpoint,
                from(),
                Optional.ofNullable(config),
                Optional.ofNullable(architecture),
                version,
                target,
                half ? DType.F16 : DType.F32,
                attribution));
    Result result =
        new Result(
            imported.bundle().manifest().version(),
            imported.bundle().manifest().architecture().name(),
            imported.bundle().manifest().features().method(),
            imported.bundle().manifest().embeddingSize(),
            target.toString(),
            imported.unused());
    if (json) {
      output.json(result);
    } else {
      print(result);
    }
    return ExitCodes.OK;
  }

  private CheckpointSource from() {
    try {
      return CheckpointSource.of(source);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--from: " + e.getMessage());
    }
  }

  private void print(Result result) {
    output.line(
        "wrote %s: %s on %s, vectors of %d values"
            .formatted(target, result.architecture(), result.features(), result.embeddingSize()));
    if (!result.unused().isEmpty()) {
      int more = result.unused().size() - SHOWN_NAMES;
      output.line(
          "left out what is no part of the network: "
              + String.join(", ", result.unused().stream().limit(SHOWN_NAMES).toList())
              + (more > 0 ? " and " + more + " more" : ""));
    }
    if (attribution.isEmpty()) {
      output.note("the bundle names no licence; --attribution keeps what its publisher asks for");
    }
    output.note("next: voxtag calibrate --model " + target + " --trials ... --output ...");
  }
}
