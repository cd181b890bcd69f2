package io.voxtag.schemas.kafka;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** {@link KafkaSecurity} as a value, for programs and tests without a configuration. */
public record KafkaSecurityValues(
    SecurityProtocol protocol,
    Optional<Path> trust,
    Optional<Path> certificate,
    Optional<Path> key,
    String mechanism,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> passwordFile,
    OAuth oauth)
    implements KafkaSecurity {

  private static final OAuth NO_TOKENS =
      new Tokens(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Where bearer tokens come from. */
  public record Tokens(
      Optional<URI> tokenUrl,
      Optional<String> clientId,
      Optional<String> clientSecret,
      Optional<Path> clientSecretFile,
      Optional<String> scope)
      implements OAuth {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Tokens[tokenUrl=%s, clientId=%s, scope=%s]".formatted(tokenUrl, clientId, scope);
    }
  }

  /** This protocol with the defaults of {@link KafkaSecurity} otherwise. */
  public static KafkaSecurityValues protocol(SecurityProtocol protocol) {
    return new KafkaSecurityValues(
        protocol,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "SCRAM-SHA-512",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        NO_TOKENS);
  }

  /** The same with these authorities, a PEM file. */
  public KafkaSecurityValues withTrust(Path authorities) {
    return new KafkaSecurityValues(
        protocol,
        Optional.of(authorities),
        certificate,
        key,
        mechanism,
        username,
        password,
        passwordFile,
        oauth);
  }

  /** The same with a certificate of its own and its key, PEM files. */
  public KafkaSecurityValues withCertificate(Path chain, Path privateKey) {
    return new KafkaSecurityValues(
        protocol,
        trust,
        Optional.of(chain),
        Optional.of(privateKey),
        mechanism,
        username,
        password,
        passwordFile,
        oauth);
  }

  /** The same with a user. */
  public KafkaSecurityValues withUser(String how, String name, String secret) {
    return new KafkaSecurityValues(
        protocol,
        trust,
        certificate,
        key,
        how,
        Optional.of(name),
        Optional.of(secret),
        Optional.empty(),
        oauth);
  }

  /** The same with bearer tokens. */
  public KafkaSecurityValues withTokens(Tokens tokens) {
    return new KafkaSecurityValues(
        protocol, trust, certificate, key, "OAUTHBEARER", username, password, passwordFile, tokens);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "KafkaSecurityValues[protocol=%s, trust=%s, certificate=%s, mechanism=%s, username=%s, %s]"
        .formatted(protocol, trust, certificate, mechanism, username, oauth);
  }
}
