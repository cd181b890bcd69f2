package io.voxtag.testkit;

/**
 * A Kafka broker outside of the test's JVM, at an address that stays the same over restarts.
 * Methods block until the broker is as they say.
 */
public sealed interface TestBroker extends AutoCloseable permits ChildBroker, ContainerBroker {

  /** Starts a broker without topics: a container if possible, otherwise a child process. */
  static TestBroker create() {
    return Containers.startOr("Kafka", ContainerBroker::new, ChildBroker::new);
  }

  /** Where clients connect: host and port. */
  String bootstrapServers();

  /** Ends the broker cleanly. */
  void stop();

  /** Ends the broker as {@code kill -9} does. */
  void kill();

  /** Starts the broker again after {@link #stop()} or {@link #kill()}, with its data. */
  void start();

  /** Ends the broker for good and removes its data. Closing twice does nothing. */
  @Override
  void close();
}
