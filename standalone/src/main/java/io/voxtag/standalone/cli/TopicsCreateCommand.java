package io.voxtag.standalone.cli;

import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code voxtag topics create}. */
@Command(
    name = "create",
    description = "Makes the topics that are missing, and checks the others.",
    mixinStandardHelpOptions = true)
final class TopicsCreateCommand implements Callable<Integer> {

  private final Output output;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();

  TopicsCreateCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    KafkaSettings settings = kafka.reached();
    TopicAdmin.Report report = TopicAdmin.createMissing(settings);
    report.created().forEach(topic -> output.line("created " + topic));
    report.warnings().forEach(warning -> output.note("@|yellow " + warning + "|@"));
    if (report.created().isEmpty()) {
      output.line("all topics were there");
    }
    return ExitCodes.OK;
  }
}
