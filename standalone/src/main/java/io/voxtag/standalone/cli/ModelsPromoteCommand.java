package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.standalone.client.ModelVersionsClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag models promote}. */
@Command(
    name = "promote",
    description = "Puts a model version into service, at the next window of every call.",
    mixinStandardHelpOptions = true)
final class ModelsPromoteCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "VERSION", description = "As 'voxtag models list' names it.")
  private String version = "";

  @Option(
      names = "--force",
      description =
          "Also a version that was rejected, or that not all speakers are enrolled under yet.")
  private boolean force;

  ModelsPromoteCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelVersionsClient client = new ModelVersionsClient(kafka.reached())) {
      ModelVersions versions = client.current();
      ModelVersion found =
          versions
              .named(version)
              .orElseThrow(
                  () ->
                      CommandException.failed(
                          "there is no model version %s; known are %s"
                              .formatted(
                                  version,
                                  versions.all().stream().map(ModelVersion::getVersion).toList())));
      ModelStatus status = versions.statusOf(version).orElseThrow();
      if (status == ModelStatus.ACTIVE) {
        output.line(version + " is in service already");
        return ExitCodes.OK;
      }
      requireFit(status);
      client.promote(found, null);
      output.line("@|bold " + version + "|@ is in service");
    }
    return ExitCodes.OK;
  }

  private void requireFit(ModelStatus status) {
    boolean fit = status == ModelStatus.READY || status == ModelStatus.RETIRED;
    if (!fit && !force) {
      throw CommandException.failed(
          "%s is %s, not READY: %s; --force promotes it all the same"
              .formatted(
                  version,
                  status,
                  status == ModelStatus.CANDIDATE
                      ? "not all speakers are enrolled under it yet"
                      : "'voxtag models list' says why"));
    }
  }
}
