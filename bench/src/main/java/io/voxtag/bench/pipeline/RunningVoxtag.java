package io.voxtag.bench.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./voxtag up} on a folder of its own, until closed. */
final class RunningVoxtag implements AutoCloseable {
  private static final String READY = "is up";
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final String kafka;

  private RunningVoxtag(Process process, String kafka) {
    this.process = process;
    this.kafka = kafka;
  }

  /**
   * Starts it and waits until it says that it is up.
   *
   * @throws IllegalStateException if it ends before; with what it said
   */
  static RunningVoxtag start(Path home, Path data, Path model) throws IOException {
    Process process =
        new ProcessBuilder(
                home.resolve("voxtag").toString(),
                "up",
                "--data=" + data,
                "--model=" + model.toAbsolutePath(),
                "--port=0",
                "--kafka-port=0",
                "--redis-port=0")
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    List<String> said = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.contains(READY)) {
        discard(output);
        String kafka =
            new ObjectMapper()
                .readTree(data.resolve("running.json").toFile())
                .path("kafka")
                .asText();
        return new RunningVoxtag(process, kafka);
      }
    }
    throw new IllegalStateException("voxtag up ended:\n" + String.join("\n", said));
  }

  /** A full pipe would stop the process. */
  private static void discard(BufferedReader output) {
    Thread thread =
        new Thread(
            () -> {
              try {
                output.transferTo(java.io.Writer.nullWriter());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "voxtag-output");
    thread.setDaemon(true);
    thread.start();
  }

  String kafka() {
    return kafka;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
