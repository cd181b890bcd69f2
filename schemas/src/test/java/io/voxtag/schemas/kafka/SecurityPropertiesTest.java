package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityPropertiesTest {

  private static final KafkaSecurityValues SASL =
      KafkaSecurityValues.protocol(SecurityProtocol.SASL_SSL);

  @TempDir Path folder;

  @Test
  void aUserBecomesALoginWhateverCharactersThePasswordHas() {
    // given
    String password = "a\"b\\c; d=${e}";

    // when
    Map<String, Object> properties =
        SecurityProperties.of(SASL.withUser("SCRAM-SHA-512", "ann", password));

    // then
    assertThat(properties)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512");
    assertThat(loginOptions(properties)).isEqualTo(Map.of("username", "ann", "password", password));
  }

  @Test
  void aPasswordMayLieInAFile() throws IOException {
    // given
    Path file = Files.writeString(folder.resolve("password"), "secret\n");

    // when
    Map<String, Object> properties = SecurityProperties.of(withFile(file));

    // then
    assertThat(loginOptions(properties)).containsEntry("password", "secret");
  }

  @Test
  void whatIsMissingIsSaidWithItsKey() {
    assertThatThrownBy(() -> SecurityProperties.of(SASL))
        .isInstanceOf(KafkaSecurityException.class)
        .hasMessage("voxtag.kafka.security.username is not set: SCRAM-SHA-512 needs it");
    assertThatThrownBy(() -> SecurityProperties.of(withFile(folder.resolve("none"))))
        .isInstanceOf(KafkaSecurityException.class)
        .hasMessageStartingWith("voxtag.kafka.security.password-file names ")
        .hasMessageEndingWith("none, which cannot be read");
    assertThatThrownBy(() -> SecurityProperties.of(SASL.withUser("KERBEROS", "ann", "secret")))
        .isInstanceOf(KafkaSecurityException.class)
        .hasMessageStartingWith("voxtag.kafka.security.mechanism is \"KERBEROS\"; it must be one");
  }

  @Test
  void aTrustFileThatIsNoPemIsRefused() throws IOException {
    // given
    Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

    // then
    assertThatThrownBy(
            () ->
                SecurityProperties.of(
                    KafkaSecurityValues.protocol(SecurityProtocol.SSL).withTrust(file)))
        .isInstanceOf(KafkaSecurityException.class)
        .hasMessageStartingWith("voxtag.kafka.security.trust names ")
        .hasMessageEndingWith("no PEM file with a CERTIFICATE");
  }

  @Test
  void tokensComeFromTheAddressThatIsConfiguredAndFromNoOther() {
    // when
    Map<String, Object> properties =
        SecurityProperties.of(
            SASL.withTokens(
                new KafkaSecurityValues.Tokens(
                    Optional.of(URI.create("https://login.test/token")),
                    Optional.of("voxtag"),
                    Optional.of("secret"),
                    Optional.empty(),
                    Optional.of("kafka"))));

    // then
    assertThat(properties)
        .containsEntry("sasl.mechanism", "OAUTHBEARER")
        .containsEntry("sasl.oauthbearer.token.endpoint.url", "https://login.test/token")
        .containsEntry("sasl.oauthbearer.client.credentials.client.id", "voxtag")
        .containsEntry("sasl.oauthbearer.client.credentials.client.secret", "secret")
        .containsEntry("sasl.oauthbearer.scope", "kafka");
    assertThat(System.getProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls").split(","))
        .contains("https://login.test/token");
  }

  @Test
  void allClientsGetThemAndOwnPropertiesWin() {
    // given
    KafkaConnection settings =
        KafkaConnection.to("a:1")
            .withSecurity(SASL.withUser("PLAIN", "ann", "secret"))
            .withProperties(Map.of("sasl.mechanism", "SCRAM-SHA-256"));

    // then
    assertThat(ClientProperties.admin(settings))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-256");
    assertThat(ClientProperties.streams(settings, "app"))
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(ConsumerConfig.configNames())
        .containsAll(SecurityProperties.of(settings.security()).keySet());
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(KafkaConnection.to("a:1").withSecurity(SASL.withUser("PLAIN", "ann", "hush")))
        .asString()
        .contains("ann")
        .doesNotContain("hush");
  }

  private static KafkaSecurity withFile(Path file) {
    return new KafkaSecurityValues(
        SecurityProtocol.SASL_SSL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "SCRAM-SHA-512",
        Optional.of("ann"),
        Optional.empty(),
        Optional.of(file),
        SASL.oauth());
  }

  private static Map<String, Object> loginOptions(Map<String, Object> properties) {
    return Map.copyOf(
        JaasContext.loadClientContext(
                Map.of(
                    "sasl.jaas.config",
                    new Password(String.valueOf(properties.get("sasl.jaas.config")))))
            .configurationEntries()
            .get(0)
            .getOptions());
  }
}
