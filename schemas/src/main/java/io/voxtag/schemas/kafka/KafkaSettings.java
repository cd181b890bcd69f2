package io.voxtag.schemas.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach Kafka; the configuration keys begin with {@code voxtag.kafka}. Without a
 * configuration at hand use {@link KafkaConnection}.
 */
@ConfigMapping(prefix = "voxtag.kafka")
public interface KafkaSettings {

  /** {@code bootstrap-servers}: brokers to begin with, as host:port, separated by commas. */
  @WithDefault("localhost:9092")
  String bootstrapServers();

  /**
   * {@code properties."<name>"}: Kafka properties for every client, for example {@code
   * voxtag.kafka.properties."client.rack"=eu-1a}. They win over what Voxtag sets. None by default.
   */
  Map<String, String> properties();

  /** {@code security.*}: encryption and credentials. Neither by default. */
  KafkaSecurity security();

  /**
   * {@code registry-url}: address of an Apicurio registry, for example {@code
   * http://localhost:8080/apis/registry/v3}. By default there is none, and records carry the
   * fingerprint of their schema instead.
   */
  Optional<String> registryUrl();

  /**
   * {@code registry-auto-register}: whether producers may add schemas to the registry. Off by
   * default: a schema that is not there is an error.
   */
  @WithDefault("false")
  boolean registryAutoRegister();

  /** {@code start-timeout}: how long to wait for a broker at start. 60 s by default. */
  @WithDefault("PT60S")
  Duration startTimeout();

  /**
   * {@code replication-factor}: copies of each topic that is made, at most the number of brokers;
   * -1, the default, leaves it to the broker.
   */
  @WithDefault("-1")
  short replicationFactor();
}
