package io.voxtag.standalone.cli;

import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.standalone.client.ModelVersionsClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code voxtag models rollback}. */
@Command(
    name = "rollback",
    description = "Puts the model version back into service that was there before.",
    mixinStandardHelpOptions = true)
final class ModelsRollbackCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  ModelsRollbackCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ModelVersionsClient client = new ModelVersionsClient(kafka.reached())) {
      ModelVersions versions = client.current();
      ModelVersion previous =
          versions
              .previous()
              .orElseThrow(
                  () -> CommandException.failed("no other model version was in service before"));
      String replaced =
          versions.active().map(ModelVersion::getVersion).orElse("the configured model");
      client.promote(previous, "rolled back from " + replaced);
      output.line(
          "@|bold %s|@ is in service again, %s is not".formatted(previous.getVersion(), replaced));
    }
    return ExitCodes.OK;
  }
}
