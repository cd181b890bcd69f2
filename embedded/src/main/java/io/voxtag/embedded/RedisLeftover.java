package io.voxtag.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that outlived the process which started it. Two on one append-only file would ruin it,
 * so it is ended before another starts.
 */
final class RedisLeftover {

  private static final Logger LOG = LoggerFactory.getLogger(RedisLeftover.class);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Duration END = Duration.ofSeconds(15);

  private RedisLeftover() {}

  /**
   * Ends the server that still works on the folder, if there is one.
   *
   * @throws RedisStartException if it does not end
   */
  static void end(RedisFiles files) throws IOException {
    Optional<ProcessHandle> found = find(files);
    if (found.isEmpty()) {
      return;
    }
    ProcessHandle process = found.get();
    OptionalLong port = RedisFiles.number(files.port());
    LOG.warn("Ending a Redis left behind pid={} folder={}", process.pid(), files.folder());
    if (port.isPresent()) {
      shutdown(files, Math.toIntExact(port.getAsLong()));
    }
    if (!ended(process)) {
      throw new RedisStartException(
          files.folder(),
          "process " + process.pid() + ", a Redis on the same folder, does not end; end it first",
          files.logTail());
    }
  }

  private static Optional<ProcessHandle> find(RedisFiles files) throws IOException {
    OptionalLong pid = RedisFiles.number(files.pid());
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    // The number may belong to some other program by now.
    return ProcessHandle.of(pid.getAsLong())
        .filter(ProcessHandle::isAlive)
        .filter(process -> isRedis(process.info()));
  }

  private static boolean isRedis(ProcessHandle.Info info) {
    return info.command()
        .map(command -> String.valueOf(Path.of(command).getFileName()).contains("redis"))
        .orElse(false);
  }

  private static void shutdown(RedisFiles files, int port) {
    try (RedisConnection redis = RedisConnection.open(port, ANSWER)) {
      List<String> dir = redis.call("CONFIG", "GET", "dir");
      if (dir.size() == 2 && Files.isSameFile(Path.of(dir.get(1)), files.folder())) {
        redis.call("SHUTDOWN", "NOSAVE");
      }
    } catch (EOFException e) {
      LOG.debug("Redis follows its shutdown port={}", port);
    } catch (IOException e) {
      // It may be on its way out; whether it is, the caller sees.
      LOG.debug("Redis left behind does not answer port={} reason={}", port, e.toString());
    }
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(END.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a process cannot be seen", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
