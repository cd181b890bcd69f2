package io.voxtag.testkit;

/**
 * A Redis server outside of the test's JVM, at an address that stays the same over restarts. It
 * keeps its data in an append-only file. Methods block until the server is as they say.
 */
public sealed interface TestRedis extends AutoCloseable permits ChildRedis, ContainerRedis {

  /** Starts an empty server: a container if possible, otherwise a child process. */
  static TestRedis create() {
    return Containers.startOr("Redis", ContainerRedis::new, ChildRedis::new);
  }

  /** Where clients connect: {@code redis://host:port}. */
  String url();

  /** Ends the server cleanly. */
  void stop();

  /** Ends the server as {@code kill -9} does. */
  void kill();

  /** Starts the server again after {@link #stop()} or {@link #kill()}, with its data. */
  void start();

  /** Ends the server for good and removes its data. Closing twice does nothing. */
  @Override
  void close();
}
