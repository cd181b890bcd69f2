package io.voxtag.schemas.kafka;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** What {@link KafkaSecurity} means in Kafka's own properties. */
final class SecurityProperties {

  static final String PREFIX = "voxtag.kafka.security.";

  private static final String OAUTHBEARER = "OAUTHBEARER";
  private static final Map<String, String> PASSWORD_MODULES =
      Map.of(
          "SCRAM-SHA-512", ScramLoginModule.class.getName(),
          "SCRAM-SHA-256", ScramLoginModule.class.getName(),
          "PLAIN", PlainLoginModule.class.getName());
  private static final List<String> MECHANISMS =
      List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN", OAUTHBEARER);

  // Kafka's clients get tokens only from where these say.
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
  private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

  private SecurityProperties() {}

  /**
   * The properties; none for connections without security.
   *
   * @throws KafkaSecurityException if a setting is missing or wrong, or a file cannot be read
   */
  static Map<String, Object> of(KafkaSecurity security) {
    SecurityProtocol protocol = security.protocol();
    Map<String, Object> properties = new HashMap<>();
    if (protocol == SecurityProtocol.PLAINTEXT) {
      return properties;
    }
    properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.name);
    if (protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL) {
      putTls(properties, security);
    }
    if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
      putCredentials(properties, security);
    }
    return properties;
  }

  private static void putTls(Map<String, Object> properties, KafkaSecurity security) {
    security
        .trust()
        .ifPresent(
            file -> {
              properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
              properties.put(
                  SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem("trust", file, "CERTIFICATE"));
            });
    if (security.certificate().isPresent() != security.key().isPresent()) {
      throw new KafkaSecurityException(
          security.key().isPresent() ? "certificate" : "key",
          "is not set: a certificate and its key belong together");
    }
    if (security.certificate().isPresent() && security.key().isPresent()) {
      properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
      properties.put(
          SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
          pem("certificate", security.certificate().get(), "CERTIFICATE"));
      properties.put(
          SslConfigs.SSL_KEYSTORE_KEY_CONFIG, pem("key", security.key().get(), "PRIVATE KEY"));
    }
  }

  private static void putCredentials(Map<String, Object> properties, KafkaSecurity security) {
    String mechanism = security.mechanism();
    String passwordModule = PASSWORD_MODULES.get(mechanism);
    properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
    if (passwordModule != null) {
      String username = required("username", security.username(), mechanism);
      String password =
          required(
              "password",
              secret("password", security.password(), security.passwordFile()),
              mechanism);
      properties.put(
          SaslConfigs.SASL_JAAS_CONFIG,
          "%s required username=%s password=%s;"
              .formatted(passwordModule, quoted(username), quoted(password)));
    } else if (mechanism.equals(OAUTHBEARER)) {
      putTokens(properties, security.oauth());
    } else {
      throw new KafkaSecurityException(
          "mechanism", "is \"%s\"; it must be one of %s".formatted(mechanism, MECHANISMS));
    }
  }

  private static void putTokens(Map<String, Object> properties, KafkaSecurity.OAuth oauth) {
    URI url = required("oauth.token-url", oauth.tokenUrl(), OAUTHBEARER);
    properties.put(
        SaslConfigs.SASL_JAAS_CONFIG, OAuthBearerLoginModule.class.getName() + " required;");
    properties.put(
        SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
        OAuthBearerLoginCallbackHandler.class.getName());
    properties.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, url.toString());
    if ("file".equalsIgnoreCase(url.getScheme())) {
      allow(ALLOWED_FILES, Path.of(url).toString());
      return;
    }
    allow(ALLOWED_URLS, url.toString());
    properties.put(
        SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID,
        required("oauth.client-id", oauth.clientId(), OAUTHBEARER));
    properties.put(
        SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
        required(
            "oauth.client-secret",
            secret("oauth.client-secret", oauth.clientSecret(), oauth.clientSecretFile()),
            OAUTHBEARER));
    oauth.scope().ifPresent(scope -> properties.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope));
  }

  private static void allow(String property, String value) {
    synchronized (SecurityProperties.class) {
      String allowed = System.getProperty(property, "");
      if (!List.of(allowed.split(",")).contains(value)) {
        System.setProperty(property, allowed.isEmpty() ? value : allowed + "," + value);
      }
    }
  }

  private static Optional<String> secret(String key, Optional<String> value, Optional<Path> file) {
    if (value.isPresent() && file.isPresent()) {
      throw new KafkaSecurityException(key, "and " + key + "-file are both set; one is enough");
    }
    // Editors and shells end a file with a line feed that is no part of the secret.
    return value.or(() -> file.map(path -> read(key + "-file", path).strip()));
  }

  private static <T> T required(String key, Optional<T> value, String mechanism) {
    return value.orElseThrow(
        () -> new KafkaSecurityException(key, "is not set: " + mechanism + " needs it"));
  }

  private static String pem(String key, Path file, String what) {
    String text = read(key, file);
    if (!text.contains("-----BEGIN " + what + "-----")) {
      throw new KafkaSecurityException(
          key, "names %s, which is no PEM file with a %s".formatted(file, what));
    }
    return text;
  }

  private static String read(String key, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new KafkaSecurityException(key, "names %s, which cannot be read".formatted(file), e);
    }
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
