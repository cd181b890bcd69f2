package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
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

  @Test
  void everyKeyOfSecurityIsRead() {
    // when
    KafkaSecurity security =
        read(Map.ofEntries(
                Map.entry("voxtag.kafka.security.protocol", "SASL_SSL"),
                Map.entry("voxtag.kafka.security.trust", "/ca.pem"),
                Map.entry("voxtag.kafka.security.certificate", "/own.pem"),
                Map.entry("voxtag.kafka.security.key", "/own.key"),
                Map.entry("voxtag.kafka.security.mechanism", "PLAIN"),
                Map.entry("voxtag.kafka.security.username", "ann"),
                Map.entry("voxtag.kafka.security.password", "secret"),
                Map.entry("voxtag.kafka.security.password-file", "/password"),
                Map.entry("voxtag.kafka.security.oauth.token-url", "https://login/token"),
                Map.entry("voxtag.kafka.security.oauth.client-id", "voxtag"),
                Map.entry("voxtag.kafka.security.oauth.client-secret", "hidden"),
                Map.entry("voxtag.kafka.security.oauth.client-secret-file", "/hidden"),
                Map.entry("voxtag.kafka.security.oauth.scope", "kafka")))
            .security();

    // then
    assertThat(security.protocol()).isEqualTo(SecurityProtocol.SASL_SSL);
    assertThat(security.trust()).contains(Path.of("/ca.pem"));
    assertThat(security.certificate()).contains(Path.of("/own.pem"));
    assertThat(security.key()).contains(Path.of("/own.key"));
    assertThat(security.mechanism()).isEqualTo("PLAIN");
    assertThat(security.username()).contains("ann");
    assertThat(security.password()).contains("secret");
    assertThat(security.passwordFile()).contains(Path.of("/password"));
    assertThat(security.oauth().tokenUrl()).contains(URI.create("https://login/token"));
    assertThat(security.oauth().clientId()).contains("voxtag");
    assertThat(security.oauth().clientSecret()).contains("hidden");
    assertThat(security.oauth().clientSecretFile()).contains(Path.of("/hidden"));
    assertThat(security.oauth().scope()).contains("kafka");
  }

  @Test
  void withoutConfigurationThereIsNoSecurity() {
    assertThat(SecurityProperties.of(read(Map.of()).security())).isEmpty();
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
