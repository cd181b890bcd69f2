package io.voxtag.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.KafkaSecurityValues;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to say who one is works against a broker that demands it. */
class SecureKafkaIT {

  private static final String TOPIC = Topics.MODEL_VERSIONS.dlq().name();

  @Test
  void a_scram_user_may_do_what_the_rules_allow_and_nothing_else() {
    try (SecureKafka kafka = SecureKafka.withUsers()) {
      // given
      makeTopics(kafka);
      try (Admin admin = Admin.create(ClientProperties.admin(kafka.asAdmin()))) {
        KafkaAnswers.await(
            admin
                .alterUserScramCredentials(
                    List.of(
                        new UserScramCredentialUpsertion(
                            "ann",
                            new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                            "pass\"word")))
                .all());
      }
      allow(kafka, "User:ann", TOPIC);
      KafkaSettings ann = kafka.as("SCRAM-SHA-512", "ann", "pass\"word");

      // then
      Broker.await(ann);
      send(ann, TOPIC);
      assertThatThrownBy(() -> send(ann, Topics.CALL_AUDIO.name()))
          .isInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(() -> Broker.await(kafka.as("SCRAM-SHA-512", "ann", "wrong")))
          .isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void a_broker_whose_certificate_is_not_trusted_is_refused_at_once() {
    try (SecureKafka kafka = SecureKafka.withUsers()) {
      // given the authorities of the JVM instead of the broker's own
      KafkaConnection settings =
          KafkaConnection.to(kafka.bootstrapServers())
              .withSecurity(
                  KafkaSecurityValues.protocol(SecurityProtocol.SASL_SSL)
                      .withUser("SCRAM-SHA-512", "ann", "secret"));

      // then
      assertThatThrownBy(() -> Broker.await(settings))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("SSL handshake failed");
    }
  }

  @Test
  void a_certificate_says_who_a_client_is() {
    try (SecureKafka kafka = SecureKafka.withCertificates()) {
      // given
      KafkaSecurityValues tls =
          KafkaSecurityValues.protocol(SecurityProtocol.SSL).withTrust(kafka.trust());
      KafkaConnection to = KafkaConnection.to(kafka.bootstrapServers());
      KafkaSettings client =
          to.withSecurity(tls.withCertificate(kafka.client().certificate(), kafka.client().key()));

      // then
      Broker.await(client);
      assertThatThrownBy(() -> send(client, TOPIC)).isInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(() -> Broker.await(to.withSecurity(tls)))
          .isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void a_bearer_token_is_fetched_and_shown(@TempDir Path folder) throws Exception {
    try (TokenServer tokens = new TokenServer("ann", "hush");
        SecureKafka kafka = SecureKafka.withTokens(tokens.writeKeys(folder.resolve("jwks.json")))) {
      // given
      makeTopics(kafka);
      allow(kafka, "User:ann", TOPIC);

      // then
      KafkaSettings ann = withToken(kafka, tokens, "hush");
      Broker.await(ann);
      send(ann, TOPIC);
      assertThatThrownBy(() -> send(ann, Topics.CALL_AUDIO.name()))
          .isInstanceOf(TopicAuthorizationException.class);
      assertThat(withToken(kafka, tokens, "wrong"))
          .satisfies(wrong -> assertThatThrownBy(() -> Broker.await(wrong)).isNotNull());
    }
  }

  private static KafkaConnection withToken(SecureKafka kafka, TokenServer tokens, String secret) {
    return KafkaConnection.to(kafka.bootstrapServers())
        .withStartTimeout(Duration.ofSeconds(20))
        .withSecurity(
            KafkaSecurityValues.protocol(SecurityProtocol.SASL_SSL)
                .withTrust(kafka.trust())
                .withTokens(
                    new KafkaSecurityValues.Tokens(
                        Optional.of(tokens.url()),
                        Optional.of("ann"),
                        Optional.of(secret),
                        Optional.empty(),
                        Optional.empty())));
  }

  private static void makeTopics(SecureKafka kafka) {
    try (Admin admin = Admin.create(ClientProperties.admin(kafka.asAdmin()))) {
      new TopicAdmin(admin)
          .createMissing(List.of(Topics.CALL_AUDIO, Topics.MODEL_VERSIONS.dlq()), (short) 1);
    }
  }

  private static void allow(SecureKafka kafka, String principal, String topic) {
    try (Admin admin = Admin.create(ClientProperties.admin(kafka.asAdmin()))) {
      KafkaAnswers.await(
          admin
              .createAcls(
                  List.of(
                      new AclBinding(
                          new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                          new AccessControlEntry(
                              principal, "*", AclOperation.WRITE, AclPermissionType.ALLOW))))
              .all());
    }
  }

  private static void send(KafkaSettings settings, String topic) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            ClientProperties.producer(settings, "test"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      KafkaAnswers.await(producer.send(new ProducerRecord<>(topic, "key", new byte[] {1})));
    }
  }
}
