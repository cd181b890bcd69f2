package io.voxtag.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real kustomize, as part of kubectl, where that is installed. It asks no cluster. */
final class Kustomize {

  private Kustomize() {}

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  static List<ObjectNode> build(String overlay) throws IOException, InterruptedException {
    Path folder = DeployFiles.KUBERNETES.resolve(overlay);
    Path errors = Files.createTempFile("kustomize", ".log");
    Process process =
        new ProcessBuilder("kubectl", "kustomize", folder.toString())
            .redirectError(errors.toFile())
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("kubectl kustomize failed: " + Files.readString(errors));
    }
    Files.delete(errors);
    return DeployFiles.documents(text);
  }
}
