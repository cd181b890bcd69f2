package io.voxtag.standalone.runtime;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.KafkaSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to speak to a Kafka that is not ours: encryption, credentials and client properties from the
 * same variables that services take them from ({@code VOXTAG_KAFKA_SECURITY_...}).
 */
public final class KafkaEnvironment {

  private static final int ORDINAL = 300;
  private static final String PREFIX = "VOXTAG_KAFKA_";

  private KafkaEnvironment() {}

  /**
   * A connection to these brokers.
   *
   * @throws RuntimeException if a variable has a value that its key does not take
   */
  public static KafkaConnection to(String bootstrapServers) {
    return to(bootstrapServers, System.getenv());
  }

  static KafkaConnection to(String bootstrapServers, Map<String, String> environment) {
    Map<String, String> ours = new TreeMap<>(environment);
    ours.keySet().removeIf(name -> !name.startsWith(PREFIX));
    KafkaSettings settings =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource(ours, ORDINAL))
            .withMapping(KafkaSettings.class)
            .build()
            .getConfigMapping(KafkaSettings.class);
    return KafkaConnection.to(bootstrapServers)
        .withSecurity(settings.security())
        .withProperties(settings.properties());
  }
}
