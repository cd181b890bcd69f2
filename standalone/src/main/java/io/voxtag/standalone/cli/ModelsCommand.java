package io.voxtag.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code voxtag models}: only the parent of its verbs. */
@Command(
    name = "models",
    description = "Works on model bundles and versions.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do, for example: voxtag models show models/starter");
  }
}
