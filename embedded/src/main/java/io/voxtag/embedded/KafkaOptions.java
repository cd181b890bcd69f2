package io.voxtag.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How to run the embedded broker.
 *
 * @param folder where it keeps its data; made where missing
 * @param port where clients connect, on the loopback interface; 0 takes a free one
 * @param properties broker properties that win over the embedded ones
 * @param startTimeout how long a start may take
 * @param closeTimeout how long a clean end may take before the broker is left to itself
 */
public record KafkaOptions(
    Path folder,
    int port,
    Map<String, String> properties,
    Duration startTimeout,
    Duration closeTimeout) {

  public KafkaOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Kafka port " + port + " is not within 0..65535");
    }
    properties = Map.copyOf(properties);
  }

  /** A broker with its data in this folder on any free port. */
  public static KafkaOptions in(Path folder) {
    return new KafkaOptions(folder, 0, Map.of(), Duration.ofMinutes(2), Duration.ofSeconds(15));
  }

  /** The same on this port. */
  public KafkaOptions withPort(int newPort) {
    return new KafkaOptions(folder, newPort, properties, startTimeout, closeTimeout);
  }

  /** The same with another broker property. */
  public KafkaOptions withProperty(String name, String value) {
    Map<String, String> all = new HashMap<>(properties);
    all.put(name, value);
    return new KafkaOptions(folder, port, all, startTimeout, closeTimeout);
  }

  /** The same with another limit to the time that a start takes. */
  public KafkaOptions withStartTimeout(Duration timeout) {
    return new KafkaOptions(folder, port, properties, timeout, closeTimeout);
  }
}
