package io.voxtag.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An embedded broker in a JVM of its own, so that it can be killed. */
final class ChildBroker implements TestBroker {

  private static final String LOG_MANAGER = "java.util.logging.manager";
  private static final long END_SECONDS = 120;

  private final Path folder = Folders.create("kafka");
  private final Path log = folder.resolveSibling(folder.getFileName() + ".log");
  private final Thread closeWithJvm = new Thread(this::close, "test-broker-end");
  private int port;
  private @Nullable Process process;

  ChildBroker() {
    Runtime.getRuntime().addShutdownHook(closeWithJvm);
    start();
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public synchronized void start() {
    if (process != null) {
      throw new IllegalStateException("The test broker runs already");
    }
    try {
      process = launch();
      BufferedReader answer = process.inputReader(StandardCharsets.UTF_8);
      String address = answer.readLine();
      if (address == null) {
        process = null;
        throw new IllegalStateException("The test broker did not start:\n" + Files.readString(log));
      }
      port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException("The test broker cannot be started", e);
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    String logManager = System.getProperty(LOG_MANAGER);
    if (logManager != null) {
      command.add("-D" + LOG_MANAGER + "=" + logManager);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BrokerMain.class.getName(), folder.toString(), Integer.toString(port)));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  @Override
  public synchronized void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("The test broker cannot be told to end", e);
    }
    await(running);
  }

  @Override
  public synchronized void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    await(running);
  }

  private void await(Process running) {
    try {
      if (!running.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The test broker does not end, pid " + running.pid());
      }
      process = null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the test broker ends", e);
    }
  }

  /** {@inheritDoc} Killed: nobody reads its data again. */
  @Override
  public void close() {
    kill();
    for (Path left : List.of(folder, log)) {
      Folders.delete(left);
    }
    Hooks.remove(closeWithJvm);
  }
}
