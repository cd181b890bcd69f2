package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged program as a user runs it: a process of its own. */
final class Voxtag implements AutoCloseable {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path APP = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private final Process process;
  private final Path out;
  private final Path err;

  private Voxtag(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a command that has ended did. */
  record Result(int exitCode, String out, String err) {

    List<String> lines() {
      return out.lines().toList();
    }

    String lastLine() {
      return lines().get(lines().size() - 1);
    }

    Result exitsWith(int expected) {
      assertThat(exitCode).as("exit code; stdout:%n%s%nstderr:%n%s", out, err).isEqualTo(expected);
      return this;
    }
  }

  static Voxtag start(Path folder, String... args) throws IOException {
    return start(folder, Map.of(), args);
  }

  /** Starts it with some variables more than those of the tests, less all of Voxtag's. */
  static Voxtag start(Path folder, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-Dvoxtag.home=" + HOME);
    command.add("-jar");
    command.add(APP.toString());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, args[0], ".out");
    Path err = Files.createTempFile(folder, args[0], ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("VOXTAG_"));
    builder.environment().putAll(environment);
    return new Voxtag(builder.start(), out, err);
  }

  /** Runs a command to its end. */
  static Result run(Path folder, String... args) throws IOException, InterruptedException {
    try (Voxtag voxtag = start(folder, args)) {
      return voxtag.await(Duration.ofMinutes(5));
    }
  }

  Result await(Duration patience) throws IOException, InterruptedException {
    assertThat(process.waitFor(patience.toSeconds(), TimeUnit.SECONDS))
        .as("ended within %s; stdout:%n%s%nstderr:%n%s", patience, out(), err())
        .isTrue();
    return new Result(process.exitValue(), out(), err());
  }

  /** Waits until it has printed something. */
  Voxtag awaitOutput(String text) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> out().contains(text) || !process.isAlive());
    assertThat(outOrEmpty()).contains(text);
    return this;
  }

  /** Ends it as Ctrl-C does. */
  Result interrupt() throws IOException, InterruptedException {
    process.destroy();
    return await(Duration.ofSeconds(30));
  }

  private String outOrEmpty() {
    try {
      return out()
          + (process.isAlive() ? "" : "\nended with " + process.exitValue() + ": " + err());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  private String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
