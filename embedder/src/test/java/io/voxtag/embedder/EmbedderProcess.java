package io.voxtag.embedder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link EmbedderMain} and kills it when closed. */
final class EmbedderProcess implements AutoCloseable {

  private final Process process;

  private EmbedderProcess(Process process) {
    this.process = process;
  }

  static EmbedderProcess start(String brokers, String group, int batchMillis, Path log)
      throws IOException {
    return start(EmbedderMain.class, log, brokers, group, Integer.toString(batchMillis));
  }

  /** The same with another program. */
  static EmbedderProcess start(Class<?> main, Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new EmbedderProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a power cut would: nothing is finished, nothing committed. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
