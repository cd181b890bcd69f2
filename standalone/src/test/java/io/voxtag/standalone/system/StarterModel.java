package io.voxtag.standalone.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The model that comes with Voxtag. */
final class StarterModel {

  private static final Path BUNDLE = Path.of("..", "models", "starter");

  private StarterModel() {}

  /** Skips the test where the starter model is not there. */
  static void required() {
    Assumptions.assumeTrue(
        Files.isRegularFile(BUNDLE.resolve("model.json")),
        "skipped: no starter model in " + BUNDLE.toAbsolutePath().normalize());
  }
}
