package io.voxtag.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server's process, apart from this one's terminal, and a guard that ends it with this one. */
final class RedisProcess {

  // Ctrl-C reaches every process of the terminal's group. The server has to outlive those who are
  // still writing to it, so it gets a session of its own where the system offers a way.
  private static final List<String> PERL_SETSID =
      List.of("-e", "use POSIX qw(setsid); setsid(); exec {$ARGV[0]} @ARGV or die $!;");
  // Its input ends when this process does, however it ends.
  private static final String GUARD = "read -r _; kill -TERM \"$1\"";

  private final Process server;

  private RedisProcess(Process server) {
    this.server = server;
  }

  static RedisProcess start(Path executable, RedisFiles files) throws IOException {
    List<String> command = inOwnSession();
    command.add(executable.toString());
    command.add(files.config().toString());
    Process server = builder(command, files).start();
    guard(server, files);
    return new RedisProcess(server);
  }

  boolean isAlive() {
    return server.isAlive();
  }

  long pid() {
    return server.pid();
  }

  int exitValue() {
    return server.exitValue();
  }

  /** Waits for the server's end; false if it had not ended after that time. */
  boolean await(Duration timeout) throws InterruptedException {
    return server.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks the server to end. */
  void terminate() {
    server.destroy();
  }

  /** Ends the server at once, as a kill -9 does, where the system has such a thing. */
  void kill() {
    server.destroyForcibly();
  }

  private static void guard(Process server, RedisFiles files) throws IOException {
    Optional<Path> shell = RedisExecutable.onPath("sh");
    if (shell.isEmpty()) {
      return;
    }
    String pid = Long.toString(server.pid());
    List<String> command = inOwnSession();
    command.addAll(List.of(shell.get().toString(), "-c", GUARD, "guard", pid));
    Process guard = builder(command, files).start();
    // The server's number may be given to another process once it has ended.
    var unused = server.onExit().thenRun(guard::destroyForcibly);
  }

  private static ProcessBuilder builder(List<String> command, RedisFiles files) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(files.folder().toFile());
    // A locale that is not installed stops some versions.
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
    return builder;
  }

  private static List<String> inOwnSession() {
    List<String> command = new ArrayList<>();
    Optional<Path> setsid = RedisExecutable.onPath("setsid");
    Optional<Path> perl = RedisExecutable.onPath("perl");
    if (setsid.isPresent()) {
      command.add(setsid.get().toString());
    } else if (perl.isPresent()) {
      command.add(perl.get().toString());
      command.addAll(PERL_SETSID);
    }
    return command;
  }
}
