package io.voxtag.standalone.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.kafka.KafkaConnection;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;

class KafkaEnvironmentTest {

  @Test
  void takesCredentialsAndPropertiesFromTheVariablesOfServices() {
    // when
    KafkaConnection connection =
        KafkaEnvironment.to(
            "kafka:9093",
            Map.of(
                "VOXTAG_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "VOXTAG_KAFKA_SECURITY_USERNAME", "voxtag-operator",
                "VOXTAG_KAFKA_SECURITY_PASSWORD_FILE", "/run/secrets/password",
                "VOXTAG_KAFKA_SECURITY_TRUST", "/run/secrets/ca.crt",
                "VOXTAG_KAFKA_PROPERTIES__CLIENT_RACK_", "eu-1a",
                "VOXTAG_DATA", "/elsewhere"));

    // then
    assertThat(connection.bootstrapServers()).isEqualTo("kafka:9093");
    assertThat(connection.security().protocol()).isEqualTo(SecurityProtocol.SASL_SSL);
    assertThat(connection.security().mechanism()).isEqualTo("SCRAM-SHA-512");
    assertThat(connection.security().username()).contains("voxtag-operator");
    assertThat(connection.security().passwordFile()).contains(Path.of("/run/secrets/password"));
    assertThat(connection.security().trust()).contains(Path.of("/run/secrets/ca.crt"));
    assertThat(connection.properties()).isEqualTo(Map.of("client.rack", "eu-1a"));
  }

  @Test
  void withoutVariablesThereIsNoSecurity() {
    assertThat(KafkaEnvironment.to("kafka:9092", Map.of()).security().protocol())
        .isEqualTo(SecurityProtocol.PLAINTEXT);
  }

  @Test
  void aWrongValueIsRefused() {
    assertThatThrownBy(
            () -> KafkaEnvironment.to("a:1", Map.of("VOXTAG_KAFKA_SECURITY_PROTOCOL", "TLS")))
        .hasMessageContaining("voxtag.kafka.security.protocol");
  }
}
