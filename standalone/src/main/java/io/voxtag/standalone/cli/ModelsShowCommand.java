package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag models show}. */
@Command(
    name = "show",
    description = "Checks a model bundle and shows what it says of itself.",
    mixinStandardHelpOptions = true)
final class ModelsShowCommand implements Callable<Integer> {

  private final Output output;

  @Parameters(paramLabel = "BUNDLE", description = "A folder or a zip.")
  private Path path = Path.of("");

  @Option(names = "--json", description = "Print the manifest as a line of JSON.")
  private boolean json;

  ModelsShowCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    ModelBundle bundle = ModelBundle.open(path);
    if (json) {
      output.json(bundle.manifest());
    } else {
      print(bundle);
    }
    return ExitCodes.OK;
  }

  private void print(ModelBundle bundle) {
    ModelManifest manifest = bundle.manifest();
    output.line("@|bold model " + manifest.version() + "|@");
    long weights = bundle.tensors().values().stream().mapToLong(tensor -> tensor.size()).sum();
    line("network", manifest.architecture().name() + " " + manifest.architecture().args());
    line("weights", String.format(Locale.ROOT, "%,d numbers", weights));
    line("features", manifest.features().method() + " " + manifest.features().args());
    line("sample rate", manifest.sampleRate() + " Hz");
    line("vector", manifest.embeddingSize() + " values");
    line("made", manifest.createdAt().toString());
    line(
        "decision",
        manifest.decision().isEmpty()
            ? "none yet: 'voxtag calibrate' gives it one"
            : manifest.decision().toString());
    line(
        "trained on",
        "%s; %d speakers, %d recordings, %s"
            .formatted(
                manifest.trainingData().description(),
                manifest.trainingData().speakers(),
                manifest.trainingData().utterances(),
                manifest.trainingData().digest()));
    for (Map.Entry<String, Double> metric : manifest.metrics().entrySet()) {
      line(metric.getKey(), String.format(Locale.ROOT, "%.4f", metric.getValue()));
    }
    list("licences", manifest.attribution());
    list(
        "files",
        manifest.files().entrySet().stream()
            .map(
                file ->
                    String.format(
                        Locale.ROOT,
                        "%s, %,d bytes, SHA-256 %s",
                        file.getKey(),
                        file.getValue().bytes(),
                        file.getValue().sha256()))
            .toList());
  }

  private void list(String name, List<String> values) {
    String shown = name;
    for (String value : values) {
      line(shown, value);
      shown = "";
    }
  }

  private void line(String name, String value) {
    output.line(String.format(Locale.ROOT, "  %-12s %s", name, value));
  }
}
