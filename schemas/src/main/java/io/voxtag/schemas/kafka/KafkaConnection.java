package io.voxtag.schemas.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings as a value, for programs and tests without a configuration. */
public record KafkaConnection(
    String bootstrapServers,
    Map<String, String> properties,
    Optional<String> registryUrl,
    boolean registryAutoRegister,
    Duration startTimeout,
    short replicationFactor,
    KafkaSecurity security)
    implements KafkaSettings {

  public KafkaConnection {
    properties = Map.copyOf(properties);
  }

  /** A connection without security. */
  public KafkaConnection(
      String bootstrapServers,
      Map<String, String> properties,
      Optional<String> registryUrl,
      boolean registryAutoRegister,
      Duration startTimeout,
      short replicationFactor) {
    this(
        bootstrapServers,
        properties,
        registryUrl,
        registryAutoRegister,
        startTimeout,
        replicationFactor,
        KafkaSecurity.NONE);
  }

  /** A connection to these brokers with the defaults of {@link KafkaSettings} otherwise. */
  public static KafkaConnection to(String bootstrapServers) {
    return new KafkaConnection(
        bootstrapServers, Map.of(), Optional.empty(), false, Duration.ofSeconds(60), (short) -1);
  }

  /** The same with another time to wait for the broker. */
  public KafkaConnection withStartTimeout(Duration timeout) {
    return new KafkaConnection(
        bootstrapServers,
        properties,
        registryUrl,
        registryAutoRegister,
        timeout,
        replicationFactor,
        security);
  }

  /** The same with these properties for every client. */
  public KafkaConnection withProperties(Map<String, String> clientProperties) {
    return new KafkaConnection(
        bootstrapServers,
        clientProperties,
        registryUrl,
        registryAutoRegister,
        startTimeout,
        replicationFactor,
        security);
  }

  /** The same with a schema registry. */
  public KafkaConnection withRegistry(String url, boolean autoRegister) {
    return new KafkaConnection(
        bootstrapServers,
        properties,
        Optional.of(url),
        autoRegister,
        startTimeout,
        replicationFactor,
        security);
  }

  /** The same with so many copies of each topic that is made; -1 leaves it to the broker. */
  public KafkaConnection withReplicationFactor(short factor) {
    return new KafkaConnection(
        bootstrapServers,
        properties,
        registryUrl,
        registryAutoRegister,
        startTimeout,
        factor,
        security);
  }

  /** The same with this encryption and these credentials. */
  public KafkaConnection withSecurity(KafkaSecurity newSecurity) {
    return new KafkaConnection(
        bootstrapServers,
        properties,
        registryUrl,
        registryAutoRegister,
        startTimeout,
        replicationFactor,
        newSecurity);
  }
}
