package io.voxtag.standalone.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code voxtag}: only the parent of the verbs. */
@Command(
    name = "voxtag",
    description = "Tells who is speaking on live phone calls.",
    mixinStandardHelpOptions = true,
    version = "Voxtag 0.1.0-SNAPSHOT",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or the answer is yes",
      "1:tried and failed, or the answer is no",
      "2:the command line is wrong",
      "3:something needed is not there or taken: a broker, a port, the data folder"
    },
    footer = {
      "",
      "Options that many verbs share can also be set in the environment: VOXTAG_DATA,",
      "VOXTAG_KAFKA, VOXTAG_REDIS, VOXTAG_URL, VOXTAG_MODEL."
    })
final class VoxtagCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do, for example: voxtag demo");
  }
}
