package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.bundle.BundleSignature;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code voxtag models sign}. */
@Command(
    name = "sign",
    description = "Signs a model bundle, so that services can be told to take no others.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Make a pair of keys with:",
      "  openssl genpkey -algorithm ed25519 -out signing.pem",
      "  openssl pkey -in signing.pem -pubout -out signing.pub.pem",
      "Services are given the public one, as voxtag.models.signed-by."
    })
final class ModelsSignCommand implements Callable<Integer> {

  private final Output output;

  @Parameters(paramLabel = "BUNDLE", description = "A folder. Its signature, if any, is replaced.")
  private Path bundle = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "PEM",
      description = "The private Ed25519 key.")
  private Path key = Path.of("");

  ModelsSignCommand(Output output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.isRegularFile(bundle)) {
      throw CommandException.usage(bundle + " is a file; unpack it, a folder can be signed");
    }
    ModelBundle.sign(bundle, privateKey());
    output.line(
        "signed model %s: %s"
            .formatted(
                ModelBundle.open(bundle).manifest().version(), bundle.resolve("model.json.sig")));
    return ExitCodes.OK;
  }

  private PrivateKey privateKey() throws IOException {
    try {
      return BundleSignature.privateKey(key);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--key: " + e.getMessage());
    }
  }
}
