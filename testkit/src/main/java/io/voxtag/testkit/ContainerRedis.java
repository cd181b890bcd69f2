package io.voxtag.testkit;

import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A Redis server in a container. */
final class ContainerRedis implements TestRedis {

  private static final String IMAGE = "redis:7.2-alpine";
  private static final int PORT = 6379;

  private final GenericContainer<?> container = new GenericContainer<>(IMAGE);
  private final Docker docker = new Docker(container);

  ContainerRedis() {
    container.withCommand("redis-server", "--appendonly", "yes", "--save", "");
    container.withExposedPorts(PORT);
    // A port that Docker chooses changes with each start.
    container.setPortBindings(List.of(Folders.freePort() + ":" + PORT));
    container.start();
  }

  @Override
  public String url() {
    return "redis://" + container.getHost() + ":" + container.getMappedPort(PORT);
  }

  @Override
  public void stop() {
    docker.stop();
  }

  @Override
  public void kill() {
    docker.kill();
  }

  @Override
  public void start() {
    docker.start();
    Wait.forListeningPort().waitUntilReady(container);
  }

  @Override
  public void close() {
    container.stop();
  }
}
