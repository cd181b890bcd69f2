package io.voxtag.schemas.kafka;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How connections to Kafka are encrypted, and who this process says it is; the configuration keys
 * begin with {@code voxtag.kafka.security}. Secrets may be given as files, which is how Kubernetes
 * and Docker hand them over. Files are read when a client is made.
 */
public interface KafkaSecurity {

  /** Neither encryption nor credentials. */
  KafkaSecurity NONE = KafkaSecurityValues.protocol(SecurityProtocol.PLAINTEXT);

  /**
   * {@code protocol}: {@code PLAINTEXT}, {@code SSL} (TLS), {@code SASL_PLAINTEXT} or {@code
   * SASL_SSL} (TLS and credentials). {@code PLAINTEXT} by default.
   */
  @WithDefault("PLAINTEXT")
  SecurityProtocol protocol();

  /**
   * {@code trust}: PEM file with the certificates of the authorities that brokers' certificates may
   * be from. By default those that the JVM trusts.
   */
  Optional<Path> trust();

  /**
   * {@code certificate}: PEM file with this process' own certificate and those of its issuers, for
   * brokers that ask for one. None by default.
   */
  Optional<Path> certificate();

  /** {@code key}: PEM file with the private key of {@code certificate}, PKCS #8, not encrypted. */
  Optional<Path> key();

  /**
   * {@code mechanism}: how credentials are shown: {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256},
   * {@code PLAIN} or {@code OAUTHBEARER}. {@code SCRAM-SHA-512} by default.
   */
  @WithDefault("SCRAM-SHA-512")
  String mechanism();

  /** {@code username}: for SCRAM and PLAIN. */
  Optional<String> username();

  /** {@code password}: for SCRAM and PLAIN. */
  Optional<String> password();

  /** {@code password-file}: file with the password, instead of {@code password}. */
  Optional<Path> passwordFile();

  /** {@code oauth.*}: for OAUTHBEARER. */
  OAuth oauth();

  /** Where bearer tokens come from. */
  interface OAuth {

    /**
     * {@code oauth.token-url}: token endpoint of the authorisation server, which is asked with the
     * client credentials grant (RFC 6749, 4.4); or {@code file:///...}, a file that somebody keeps
     * filled with a token that is valid.
     */
    Optional<URI> tokenUrl();

    /** {@code oauth.client-id}: as the authorisation server knows this process. */
    Optional<String> clientId();

    /** {@code oauth.client-secret}. */
    Optional<String> clientSecret();

    /** {@code oauth.client-secret-file}: file with it, instead. */
    Optional<Path> clientSecretFile();

    /** {@code oauth.scope}: asked for, where the server wants one. None by default. */
    Optional<String> scope();
  }
}
