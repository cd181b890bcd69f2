package io.voxtag.testkit;

import java.util.function.Supplier;

/**
 * The servers that all test classes of a JVM share. Their addresses are kept as system properties,
 * as Quarkus loads the classes of a test more than once.
 */
public final class SharedServers {

  private static final String KAFKA = "voxtag.testkit.kafka";
  private static final String REDIS = "voxtag.testkit.redis";

  private SharedServers() {}

  /** Bootstrap servers of the shared broker, which has all topics; started at the first call. */
  public static String kafka() {
    return once(
        KAFKA,
        () -> {
          String address = TestBroker.create().bootstrapServers();
          try (TestTopics topics = new TestTopics(address)) {
            topics.createAll();
          }
          return address;
        });
  }

  /** URL of the shared Redis server, started at the first call. */
  public static String redis() {
    return once(REDIS, () -> TestRedis.create().url());
  }

  private static String once(String property, Supplier<String> start) {
    // A lock that all class loaders share.
    synchronized (System.getProperties()) {
      String known = System.getProperty(property);
      if (known != null) {
        return known;
      }
      String address = start.get();
      System.setProperty(property, address);
      return address;
    }
  }
}
