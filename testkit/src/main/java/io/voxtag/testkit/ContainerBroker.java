package io.voxtag.testkit;

import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.util.List;
import org.testcontainers.kafka.KafkaContainer;

/** A broker in a container. */
final class ContainerBroker implements TestBroker {

  private static final String IMAGE = "apache/kafka:4.1.1";
  private static final int PORT = 9092;

  private final KafkaContainer container = new KafkaContainer(IMAGE);
  private final Docker docker = new Docker(container);

  ContainerBroker() {
    container.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    // A port that Docker chooses changes with each start.
    container.setPortBindings(List.of(Folders.freePort() + ":" + PORT));
    container.start();
  }

  @Override
  public String bootstrapServers() {
    return container.getBootstrapServers();
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
    Broker.await(KafkaConnection.to(bootstrapServers()));
  }

  @Override
  public void close() {
    container.stop();
  }
}
