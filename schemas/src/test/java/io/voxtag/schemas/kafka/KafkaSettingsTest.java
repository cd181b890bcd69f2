package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  @Test
  void withoutConfigurationTheDefaultsOfAConnectionHold() {
    assertThat(copy(read(Map.of()))).isEqualTo(KafkaConnection.to("localhost:9092"));
  }

  @Test
  void everyKeyIsRead() {
    // when
    KafkaSettings settings =
        read(
            Map.of(
                "voxtag.kafka.bootstrap-servers", "a:1,b:2",
                "voxtag.kafka.properties.\"security.protocol\"", "SSL",
                "voxtag.kafka.registry-url", "http://registry/apis/registry/v3",
                "voxtag.kafka.registry-auto-register", "true",
                "voxtag.kafka.start-timeout", "PT5S",
                "voxtag.kafka.replication-factor", "3"));

    // then
    assertThat(copy(settings))
        .isEqualTo(
            KafkaConnection.to("a:1,b:2")
                .withProperties(Map.of("security.protocol", "SSL"))
                .withRegistry("http://registry/apis/registry/v3", true)
                .withStartTimeout(Duration.ofSeconds(5))
                .withReplicationFactor((short) 3));
  }

  private static KafkaSettings read(Map<String, String> keys) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(keys, "test", 100))
        .withMapping(KafkaSettings.class)
        .build()
        .getConfigMapping(KafkaSettings.class);
  }

  private static KafkaConnection copy(KafkaSettings settings) {
    return new KafkaConnection(
        settings.bootstrapServers(),
        settings.properties(),
        settings.registryUrl(),
        settings.registryAutoRegister(),
        settings.startTimeout(),
        settings.replicationFactor());
  }
}
