package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.standalone.client.ModelVersionsClient;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag models list}. */
@Command(
    name = "list",
    description = "Lists the model versions, the one that changed last at the end.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--json", description = "Print each version as a line of JSON.")
  private boolean json;

  ModelsListCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelVersionsClient client = new ModelVersionsClient(kafka.reached())) {
      ModelVersions versions = client.current();
      for (ModelVersion version : versions.all()) {
        ModelStatus status = versions.statusOf(version.getVersion()).orElseThrow();
        if (json) {
          output.json(ModelVersionView.of(version, status));
        } else {
          print(version, status);
        }
      }
      if (!json && versions.all().isEmpty()) {
        output.line("no model version was published yet");
      }
    }
    return ExitCodes.OK;
  }

  private void print(ModelVersion version, ModelStatus status) {
    String name =
        status == ModelStatus.ACTIVE
            ? "@|bold,green " + version.getVersion() + "|@"
            : version.getVersion();
    output.line(
        "%-9s  %s  %s%s%s"
            .formatted(
                status,
                version.getAt().truncatedTo(ChronoUnit.SECONDS),
                name,
                errorRates(version.getMetrics()),
                version.getDetail() == null ? "" : "  " + version.getDetail()));
  }

  private static String errorRates(Map<String, Double> metrics) {
    StringBuilder text = new StringBuilder();
    metrics.entrySet().stream()
        .filter(metric -> metric.getKey().matches("eer\\.(?!low\\.|high\\.|active\\.)[^.]+"))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            metric ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  EER %s %.2f %%",
                        metric.getKey().substring("eer.".length()),
                        100 * metric.getValue())));
    return text.toString();
  }
}
