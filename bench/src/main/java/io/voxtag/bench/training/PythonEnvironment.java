package io.voxtag.bench.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds or makes a Python that can import PyTorch. */
final class PythonEnvironment {
  private PythonEnvironment() {}

  /**
   * Whether an interpreter can run the peer.
   *
   * @return the reason why not; empty if it can
   */
  static Optional<String> whyNot(String python) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import torch").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0
          ? Optional.empty()
          : Optional.of(output.substring(output.lastIndexOf('\n') + 1));
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Makes an environment with PyTorch.
   *
   * @param python interpreter to make it with
   * @param folder that does not exist yet
   * @param version of PyTorch
   * @return its interpreter
   * @throws IOException if a step fails; its messages have been printed
   */
  static String make(String python, Path folder, String version)
      throws IOException, InterruptedException {
    run(List.of(python, "-m", "venv", folder.toString()));
    String made = folder.resolve("bin").resolve("python").toString();
    run(List.of(made, "-m", "pip", "install", "--quiet", "torch==" + version));
    return made;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " failed with code " + code);
    }
  }
}
