package io.voxtag.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server as a child process, reached over the loopback interface only.
 *
 * <p>It keeps every write in an append-only file: what it acknowledged survives a kill, and all but
 * about the last second survives a loss of power. It ends with this process, however this one ends;
 * a server that is still on the folder at the next start is ended first. Its log is {@code
 * redis.log} in the folder.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final long POLL_MS = 20;

  private final RedisOptions options;
  private final DataFolder folder;
  private final RedisProcess process;
  private final int port;
  private boolean closed;

  private EmbeddedRedis(RedisOptions options, DataFolder folder, RedisProcess process, int port) {
    this.options = options;
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @throws DataFolderInUseException if another process has a server on the folder
   * @throws DataFolderAccessException if the folder cannot be made or written to
   * @throws PortInUseException if somebody listens on the port asked for
   * @throws RedisNotFoundException if there is no server for this system
   * @throws RedisStartException if it does not start for another reason, with the end of its log,
   *     or if the thread is interrupted, which it then stays
   */
  public static EmbeddedRedis start(RedisOptions options) {
    long start = System.nanoTime();
    DataFolder folder = DataFolder.open(options.folder());
    boolean up = false;
    try {
      EmbeddedRedis redis = start(options, folder);
      up = true;
      LOG.info(
          "Redis started port={} pid={} folder={} ms={}",
          redis.port,
          redis.pid(),
          folder.path(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return redis;
    } catch (IOException e) {
      throw new RedisStartException(folder.path(), e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisStartException(folder.path(), "the start was interrupted", e);
    } finally {
      if (!up) {
        folder.close();
      }
    }
  }

  private static EmbeddedRedis start(RedisOptions options, DataFolder folder)
      throws IOException, InterruptedException {
    RedisFiles files = new RedisFiles(folder.path());
    RedisLeftover.end(files);
    if (options.port() != 0) {
      Loopback.requireFree("Redis", options.port());
    }
    int port = options.port() == 0 ? Loopback.freePorts(1)[0] : options.port();
    Path executable =
        options.executable().isPresent()
            ? options.executable().get()
            : RedisExecutable.find(folder.path());
    files.prepare(port, options.settings());
    RedisProcess process = RedisProcess.start(executable, files);
    boolean up = false;
    try {
      awaitAnswer(process, port, files, options.startTimeout());
      up = true;
      return new EmbeddedRedis(options, folder, process, port);
    } finally {
      if (!up) {
        process.kill();
      }
    }
  }

  private static void awaitAnswer(
      RedisProcess process, int port, RedisFiles files, Duration timeout)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    IOException last = null;
    do {
      if (process.await(Duration.ofMillis(POLL_MS))) {
        throw new RedisStartException(
            files.folder(), "it ended with status " + process.exitValue(), files.logTail());
      }
      try (RedisConnection redis = RedisConnection.open(port, ANSWER)) {
        redis.call("PING");
        return;
      } catch (IOException e) {
        // Refused until it listens, an error while it loads its data.
        last = e;
      }
    } while (System.nanoTime() < deadline);
    throw new RedisStartException(
        files.folder(),
        "no answer after " + timeout.toSeconds() + " s (" + last + ")",
        files.logTail());
  }

  /** Where clients connect: {@code redis://host:port}. */
  public String url() {
    return "redis://" + Loopback.HOST + ":" + port;
  }

  /** The port where clients connect. */
  public int port() {
    return port;
  }

  /** The server's process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether the server's process lives. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Where the data is. */
  public Path folder() {
    return folder.path();
  }

  /** Ends the server as a crash would, and gives its folder free. For tests of failures. */
  public synchronized void kill() {
    if (closed) {
      return;
    }
    closed = true;
    process.kill();
    finish();
  }

  /**
   * Ends the server cleanly, its file written, within {@link RedisOptions#closeTimeout()}; after
   * that it is killed, which loses nothing that it acknowledged. Closing twice does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    shutdown();
    finish();
  }

  private void shutdown() {
    try (RedisConnection redis = RedisConnection.open(port, ANSWER)) {
      redis.call("SHUTDOWN", "NOSAVE");
    } catch (EOFException e) {
      LOG.debug("Redis follows its shutdown port={}", port);
    } catch (IOException e) {
      LOG.warn("Redis cannot be asked to end port={} reason={}", port, e.toString());
      process.terminate();
    }
  }

  private void finish() {
    try {
      if (!process.await(options.closeTimeout())) {
        LOG.warn(
            "Redis did not end in time and is killed pid={} timeoutMs={}",
            process.pid(),
            options.closeTimeout().toMillis());
        process.kill();
        process.await(options.closeTimeout());
      }
    } catch (InterruptedException e) {
      process.kill();
      Thread.currentThread().interrupt();
    }
    folder.close();
    LOG.info("Redis ended folder={}", folder.path());
  }
}
