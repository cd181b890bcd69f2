package io.voxtag.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;

/** Whether containers can be used, told without noise where they cannot. */
final class Containers {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Containers.class);
  // Held, as a logger that nobody holds may lose its level.
  private static final Logger PROBE_LOG = Logger.getLogger("org.testcontainers");
  private static final boolean AVAILABLE = isConfigured() && probe();

  private Containers() {}

  /** Starts a container, or the other kind of server where there is no Docker engine or image. */
  static <T> T startOr(
      String server, Supplier<? extends T> container, Supplier<? extends T> embedded) {
    if (!AVAILABLE) {
      return embedded.get();
    }
    try {
      return container.get();
    } catch (ContainerLaunchException | ContainerFetchException e) {
      LOG.warn("Container not started, embedded server instead server={}", server, e);
      return embedded.get();
    }
  }

  // Testcontainers looks in more places, and complains at length where it finds nothing.
  private static boolean isConfigured() {
    String home = System.getProperty("user.home", "");
    return System.getenv("DOCKER_HOST") != null
        || Stream.of(
                Path.of("/var/run/docker.sock"),
                Path.of(home, ".docker", "run", "docker.sock"),
                Path.of(home, ".testcontainers.properties"))
            .anyMatch(Files::exists);
  }

  private static boolean probe() {
    Level level = PROBE_LOG.getLevel();
    PROBE_LOG.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      PROBE_LOG.setLevel(level);
    }
  }
}
