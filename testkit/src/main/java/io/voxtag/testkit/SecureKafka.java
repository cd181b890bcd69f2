package io.voxtag.testkit;

import io.voxtag.embedded.EmbeddedKafka;
import io.voxtag.embedded.KafkaOptions;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.KafkaSecurityValues;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A broker in this JVM that speaks to nobody without TLS and without knowing who it is, and that
 * lets them do only what an access rule allows. Users are made with its administrator's connection.
 */
public final class SecureKafka implements AutoCloseable {

  private static final String LISTENER = "listener.name.plaintext.";
  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-password";

  private final Path folder;
  private final TestCertificate server;
  private final TestCertificate client;
  private final SecurityProtocol protocol;
  private final EmbeddedKafka kafka;

  private SecureKafka(SecurityProtocol protocol, Map<String, String> further) {
    this.folder = Folders.create("secure-kafka");
    this.protocol = protocol;
    this.server = TestCertificate.create(folder, "broker");
    this.client = TestCertificate.create(folder, "client");
    KafkaOptions options =
        KafkaOptions.in(folder.resolve("data")).withStartTimeout(Duration.ofMinutes(5));
    for (Map.Entry<String, String> property : properties(further).entrySet()) {
      options = options.withProperty(property.getKey(), property.getValue());
    }
    this.kafka = EmbeddedKafka.start(options);
  }

  /** A broker that asks for a user: SCRAM-SHA-512 or, of the administrator, PLAIN. */
  public static SecureKafka withUsers() {
    return new SecureKafka(SecurityProtocol.SASL_SSL, Map.of());
  }

  /**
   * A broker that asks for bearer tokens besides.
   *
   * @param keySet file with the keys that tokens must be signed with (RFC 7517)
   */
  public static SecureKafka withTokens(Path keySet) {
    String listener = LISTENER + "oauthbearer.";
    String keys = keySet.toUri().toString();
    System.setProperty(
        "org.apache.kafka.sasl.oauthbearer.allowed.files", keySet.toAbsolutePath().toString());
    System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", keys);
    return new SecureKafka(
        SecurityProtocol.SASL_SSL,
        Map.of(
            "sasl.enabled.mechanisms",
            "PLAIN,SCRAM-SHA-512,OAUTHBEARER",
            listener + "sasl.jaas.config",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
            listener + "sasl.server.callback.handler.class",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
            listener + "sasl.oauthbearer.jwks.endpoint.url",
            keys));
  }

  /** A broker that asks for the certificate of {@link #client()}. */
  public static SecureKafka withCertificates() {
    return new SecureKafka(SecurityProtocol.SSL, Map.of());
  }

  /** Where clients connect: host and port. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** PEM file with what clients must trust. */
  public Path trust() {
    return server.certificate();
  }

  /** Who a client may be at a broker {@link #withCertificates()}. */
  public TestCertificate client() {
    return client;
  }

  /** A connection as this user. */
  public KafkaConnection as(String mechanism, String user, String password) {
    return KafkaConnection.to(bootstrapServers())
        .withSecurity(
            KafkaSecurityValues.protocol(protocol)
                .withTrust(trust())
                .withUser(mechanism, user, password));
  }

  /** A connection of one who may do everything. */
  public KafkaConnection asAdmin() {
    return as("PLAIN", ADMIN, ADMIN_PASSWORD);
  }

  private Map<String, String> properties(Map<String, String> further) {
    Map<String, String> p = new HashMap<>();
    // The embedded broker's listener has the name of the protocol that it mostly speaks.
    p.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:" + protocol.name);
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("ssl.keystore.type", "PKCS12");
    p.put("ssl.keystore.location", server.keystore().toString());
    p.put("ssl.keystore.password", TestCertificate.PASSWORD);
    p.put("ssl.key.password", TestCertificate.PASSWORD);
    p.put("ssl.truststore.type", "PKCS12");
    p.put("ssl.truststore.location", trusted().toString());
    p.put("ssl.truststore.password", TestCertificate.PASSWORD);
    if (protocol == SecurityProtocol.SSL) {
      p.put("ssl.client.auth", "required");
    } else {
      p.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512");
      p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
      p.put(
          LISTENER + "plain.sasl.jaas.config",
          ("org.apache.kafka.common.security.plain.PlainLoginModule required"
                  + " username=\"%1$s\" password=\"%2$s\" user_%1$s=\"%2$s\";")
              .formatted(ADMIN, ADMIN_PASSWORD));
      p.put(
          LISTENER + "scram-sha-512.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The controller's own listener, which no test uses, asks nobody who they are.
    p.put("super.users", "User:ANONYMOUS;User:" + ADMIN + ";User:CN=broker");
    p.putAll(further);
    return p;
  }

  private Path trusted() {
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (TestCertificate each : new TestCertificate[] {server, client}) {
        KeyStore own =
            KeyStore.getInstance(each.keystore().toFile(), TestCertificate.PASSWORD.toCharArray());
        String alias = own.aliases().nextElement();
        trusted.setCertificateEntry(
            each.keystore().getFileName().toString(), own.getCertificate(alias));
      }
      trusted.store(out, TestCertificate.PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make " + file, e);
    }
  }

  @Override
  public void close() {
    kafka.close();
    Folders.delete(folder);
  }
}
