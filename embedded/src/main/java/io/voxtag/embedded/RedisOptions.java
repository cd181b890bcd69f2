package io.voxtag.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How to run the embedded Redis.
 *
 * @param folder where it keeps its data and its log; made where missing
 * @param port where clients connect, on the loopback interface; 0 takes a free one
 * @param settings lines of redis.conf that win over the embedded ones
 * @param executable the server to run; empty takes {@code redis-server} on the PATH, else the
 *     packaged one
 * @param startTimeout how long a start may take, loading its data included
 * @param closeTimeout how long a clean end may take before the server is killed
 */
public record RedisOptions(
    Path folder,
    int port,
    Map<String, String> settings,
    Optional<Path> executable,
    Duration startTimeout,
    Duration closeTimeout) {

  public RedisOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Redis port " + port + " is not within 0..65535");
    }
    settings = Map.copyOf(settings);
  }

  /** A server with its data in this folder on any free port. */
  public static RedisOptions in(Path folder) {
    return new RedisOptions(
        folder, 0, Map.of(), Optional.empty(), Duration.ofMinutes(1), Duration.ofSeconds(10));
  }

  /** The same on this port. */
  public RedisOptions withPort(int newPort) {
    return new RedisOptions(folder, newPort, settings, executable, startTimeout, closeTimeout);
  }

  /** The same with another line of redis.conf. */
  public RedisOptions withSetting(String name, String value) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(name, value);
    return new RedisOptions(folder, port, all, executable, startTimeout, closeTimeout);
  }

  /** The same with this server program. */
  public RedisOptions withExecutable(Path program) {
    return new RedisOptions(
        folder, port, settings, Optional.of(program), startTimeout, closeTimeout);
  }

  /** The same with another limit to the time that a start takes. */
  public RedisOptions withStartTimeout(Duration timeout) {
    return new RedisOptions(folder, port, settings, executable, timeout, closeTimeout);
  }
}
