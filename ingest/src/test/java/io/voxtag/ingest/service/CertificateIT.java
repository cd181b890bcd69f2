package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.testkit.TestCertificate;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that show who they are by a certificate (mutual TLS). */
@QuarkusTest
@TestProfile(CertificateIT.MutualTls.class)
@WithTestResource(KafkaTestResource.class)
class CertificateIT {

  private static final Path FOLDER = folder();
  private static final TestCertificate SERVER = TestCertificate.create(FOLDER, "localhost");
  private static final TestCertificate CLIENT = TestCertificate.create(FOLDER, "exchange");
  private static final TestCertificate STRANGER = TestCertificate.create(FOLDER, "stranger");

  @TestHTTPResource(value = "/", tls = true)
  URI server;

  @Inject IngestService service;

  /** The server has a certificate and trusts one client's. */
  public static final class MutualTls implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.ingest.access.client-certificates", "true",
          "quarkus.tls.key-store.pem.0.cert", SERVER.certificate().toString(),
          "quarkus.tls.key-store.pem.0.key", SERVER.key().toString(),
          "quarkus.tls.trust-store.pem.certs", CLIENT.certificate().toString());
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void a_client_with_a_trusted_certificate_is_taken() throws Exception {
    assertThat(connect(context(CLIENT))).isEqualTo(101);
  }

  @Test
  void a_client_without_one_is_not() throws Exception {
    assertThat(connect(context(null))).isEqualTo(401);
  }

  @Test
  void a_client_with_a_certificate_of_its_own_making_is_not() throws Exception {
    assertThat(connect(context(STRANGER))).isNotEqualTo(101);
  }

  private int connect(SSLContext context) {
    URI address =
        URI.create("wss://localhost:%d/v1/calls/call/0?rate=8000".formatted(server.getPort()));
    try {
      HttpClient.newBuilder()
          .sslContext(context)
          .build()
          .newWebSocketBuilder()
          .buildAsync(address, new WebSocket.Listener() {})
          .join()
          .abort();
      return 101;
    } catch (CompletionException e) {
      // Where TLS itself refuses, there is no status.
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? refused.getResponse().statusCode()
          : 0;
    }
  }

  private static SSLContext context(TestCertificate own) throws Exception {
    KeyStore trusted = store(SERVER);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManager[] keys = null;
    if (own != null) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store(own), TestCertificate.PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(TestCertificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate.keystore())) {
      store.load(in, TestCertificate.PASSWORD.toCharArray());
    }
    return store;
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("voxtag-certificates");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
