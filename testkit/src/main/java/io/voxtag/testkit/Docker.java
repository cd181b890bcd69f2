package io.voxtag.testkit;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** Stops and starts a container without losing it, which Testcontainers has no word for. */
record Docker(GenericContainer<?> container) {

  void stop() {
    client().stopContainerCmd(container.getContainerId()).exec();
  }

  void kill() {
    client().killContainerCmd(container.getContainerId()).exec();
  }

  void start() {
    client().startContainerCmd(container.getContainerId()).exec();
  }

  private static DockerClient client() {
    return DockerClientFactory.instance().client();
  }
}
