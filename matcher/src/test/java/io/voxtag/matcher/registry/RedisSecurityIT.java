package io.voxtag.matcher.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.embedded.EmbeddedRedis;
import io.voxtag.embedded.RedisOptions;
import io.voxtag.testkit.TestCertificate;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** A Redis with TLS and users. */
class RedisSecurityIT {

  @TempDir static Path folder;

  private static TestCertificate certificate;
  private static EmbeddedRedis redis;
  private static URI tls;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.create(folder, "redis");
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    RedisOptions options = RedisOptions.in(folder.resolve("data"));
    for (Map.Entry<String, String> setting :
        Map.of(
                "tls-port", Integer.toString(port),
                "tls-cert-file", certificate.certificate().toString(),
                "tls-key-file", certificate.key().toString(),
                "tls-auth-clients", "no",
                "user", "voxtag on >hush ~{voxtag}:* +@all -@admin")
            .entrySet()) {
      options = options.withSetting(setting.getKey(), setting.getValue());
    }
    redis = EmbeddedRedis.start(options);
    tls = URI.create("rediss://127.0.0.1:" + port);
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Test
  void a_user_is_known_over_tls_whose_authority_is_trusted() {
    try (RegistryConnection connection = to("hush", Optional.of(certificate.certificate()))) {
      assertThat(connection.<String>ask(client -> client.set("{voxtag}:a", "1"))).isEqualTo("OK");
      assertThatThrownBy(() -> connection.ask(client -> client.set("other", "1")))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("NOPERM");
    }
  }

  @Test
  void a_wrong_password_is_refused() {
    try (RegistryConnection connection = to("wrong", Optional.of(certificate.certificate()))) {
      assertThatThrownBy(() -> connection.ask(RedisClient::ping))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("WRONGPASS");
    }
  }

  @Test
  void a_server_of_another_authority_is_not_believed() {
    // given
    Path other = TestCertificate.create(folder, "other").certificate();

    // then
    try (RegistryConnection connection = to("hush", Optional.of(other))) {
      assertThatThrownBy(() -> connection.ask(RedisClient::ping))
          .isInstanceOf(RegistryUnavailableException.class);
    }
    try (RegistryConnection connection = to("hush", Optional.empty())) {
      assertThatThrownBy(() -> connection.ask(RedisClient::ping))
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void a_trust_file_without_certificates_is_refused_with_its_key() throws Exception {
    // given
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "");

    // then
    assertThatThrownBy(() -> to("hush", Optional.of(nothing)))
        .isInstanceOf(RedisTrustException.class)
        .hasMessageContaining("voxtag.matcher.redis.trust names " + nothing);
  }

  private static RegistryConnection to(String password, Optional<Path> trust) {
    return RegistryConnection.to(
        new RedisServer(tls, Optional.of("voxtag"), Optional.of(password), trust), took -> {});
  }
}
