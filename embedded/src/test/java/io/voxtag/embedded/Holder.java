package io.voxtag.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link HolderMain} process. */
final class Holder implements AutoCloseable {

  private static final String LOG_MANAGER = "java.util.logging.manager";

  private final Process process;
  private final int port;

  /** Starts the process and waits until it holds what it should. */
  Holder(String what, Path folder) throws IOException {
    Path log = Files.createTempFile("voxtag-holder", ".log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + LOG_MANAGER + "=" + System.getProperty(LOG_MANAGER),
                "-cp",
                System.getProperty("java.class.path"),
                HolderMain.class.getName(),
                what,
                folder.toString())
            .redirectError(log.toFile())
            .start();
    BufferedReader answer = process.inputReader(StandardCharsets.UTF_8);
    String line = answer.readLine();
    String errors = Files.readString(log);
    Files.delete(log);
    if (line == null) {
      throw new IllegalStateException("No other process:\n" + errors);
    }
    port = Integer.parseInt(line);
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    try {
      if (!process.destroyForcibly().waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
