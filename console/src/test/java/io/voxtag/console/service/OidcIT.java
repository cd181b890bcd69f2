package io.voxtag.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The console with an OpenID Connect provider. */
@QuarkusTest
@TestProfile(OidcIT.WithProvider.class)
@WithTestResource(KafkaTestResource.class)
@WithTestResource(OidcIT.Provider.class)
class OidcIT {

  @TestHTTPResource URI server;
  Tokens tokens;

  /** The provider decides. */
  public static final class WithProvider implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.console.oidc",
          "true",
          "quarkus.oidc.tenant-enabled",
          "true",
          "quarkus.oidc.application-type",
          "hybrid",
          "quarkus.oidc.client-id",
          "voxtag",
          "quarkus.oidc.credentials.secret",
          "a-secret-of-the-client-that-is-long-enough");
    }
  }

  /** Makes tokens as the provider would. */
  interface Tokens {
    String token(Instant expires);
  }

  /** As much of a provider as is needed to check tokens and to be sent to. */
  public static final class Provider implements QuarkusTestResourceLifecycleManager, Tokens {

    private static final String KEY = "key-1";

    private @Nullable HttpServer http;
    private @Nullable KeyPair keys;

    @Override
    public Map<String, String> start() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      String address = address();
      serve(
          "/.well-known/openid-configuration",
          """
          {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
           "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys"}
          """
              .formatted(address));
      RSAPublicKey key = (RSAPublicKey) keys.getPublic();
      serve(
          "/keys",
          """
          {"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "%s",
                     "n": "%s", "e": "%s"}]}
          """
              .formatted(
                  KEY,
                  base64(unsigned(key.getModulus().toByteArray())),
                  base64(unsigned(key.getPublicExponent().toByteArray()))));
      http.start();
      return Map.of("quarkus.oidc.auth-server-url", address);
    }

    private String address() {
      return "http://localhost:" + http.getAddress().getPort();
    }

    private void serve(String path, String json) {
      http.createContext(
          path,
          exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
    }

    @Override
    public String token(Instant expires) {
      String head = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(KEY));
      String claims =
          base64(
              "{\"iss\":\"%s\",\"sub\":\"ann\",\"iat\":%d,\"exp\":%d}"
                  .formatted(address(), Instant.now().getEpochSecond(), expires.getEpochSecond()));
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return head + "." + claims + "." + base64(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private static byte[] unsigned(byte[] number) {
      return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private static String base64(String text) {
      return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(this, new TestInjector.MatchesType(Tokens.class));
    }

    @Override
    public void stop() {
      if (http != null) {
        http.stop(0);
      }
    }
  }

  @Test
  void who_is_not_known_is_sent_to_the_provider() throws Exception {
    HttpResponse<byte[]> page = new Client(server).get("/");

    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("location").orElseThrow()).contains("/authorize?");
    assertThat(new Client(server).get("/console/api/models").statusCode()).isEqualTo(302);
  }

  @Test
  void whom_the_provider_vouches_for_is_let_in() throws Exception {
    Client client = new Client(server);
    String good = "Bearer " + tokens.token(Instant.now().plusSeconds(60));
    String late = "Bearer " + tokens.token(Instant.now().minusSeconds(60));

    assertThat(client.get("/", "Authorization", good).statusCode()).isEqualTo(200);
    assertThat(client.get("/", "Authorization", late).statusCode()).isEqualTo(401);
    assertThat(client.get("/console/app.js", "Authorization", good + "x").statusCode())
        .isEqualTo(401);
  }

  @Test
  void health_is_for_everybody() throws Exception {
    assertThat(new Client(server).get("/q/health/live").statusCode()).isEqualTo(200);
  }
}
