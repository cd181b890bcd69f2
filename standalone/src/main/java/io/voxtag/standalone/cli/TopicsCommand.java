package io.voxtag.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code voxtag topics}: only the parent of its verbs. */
@Command(
    name = "topics",
    description = "Works on the topics in Kafka.",
    mixinStandardHelpOptions = true)
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: voxtag topics create");
  }
}
