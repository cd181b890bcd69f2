package io.voxtag.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.voxtag.audio.OggOpusWriter;
import io.voxtag.audio.Pcm;
import io.voxtag.embedded.EmbeddedRedis;
import io.voxtag.embedded.RedisOptions;
import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import io.voxtag.ingest.client.StreamProgress;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.testkit.SecureKafka;
import io.voxtag.testkit.TestCertificate;
import io.voxtag.testkit.speech.TestSpeech;
import io.voxtag.testkit.speech.Voice;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed services, each alone and with the variables of its manifest, against a Kafka that
 * allows each user what its KafkaUser says and no more, and a Redis with TLS and a user.
 */
class ServicesIT {

  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final String PASSWORD = "kafka-password";
  private static final String REDIS_PASSWORD = "redis-password";
  private static final String INGEST_TOKEN = "token-of-the-exchange";
  private static final String CONSOLE_TOKEN = "token-of-the-console";

  @TempDir Path folder;

  private final List<ServiceProcess> services = new ArrayList<>();
  private SecureKafka kafka;
  private EmbeddedRedis redis;
  private TestCertificate certificate;
  private int redisPort;

  @BeforeEach
  void startServers() throws IOException {
    kafka = SecureKafka.withUsers();
    try (Admin admin = Admin.create(ClientProperties.admin(kafka.asAdmin()))) {
      new TopicAdmin(admin).createMissing(Topics.all(), (short) 1);
    }
    List<ObjectNode> documents =
        DeployFiles.documents(DeployFiles.KUBERNETES.resolve("kafka/users.yaml"));
    KafkaRules.apply(
        kafka.asAdmin(),
        documents.stream().map(document -> StrictTypes.read(document, KafkaUser.class)).toList(),
        PASSWORD);
    startRedis();
  }

  private void startRedis() throws IOException {
    certificate = TestCertificate.create(folder, "redis");
    try (ServerSocket socket = new ServerSocket(0)) {
      redisPort = socket.getLocalPort();
    }
    redis =
        EmbeddedRedis.start(
            RedisOptions.in(folder.resolve("redis"))
                .withSetting("tls-port", Integer.toString(redisPort))
                .withSetting("tls-cert-file", certificate.certificate().toString())
                .withSetting("tls-key-file", certificate.key().toString())
                .withSetting("tls-auth-clients", "no")
                // As docs/deploy.md says.
                .withSetting(
                    "user", "voxtag on >" + REDIS_PASSWORD + " ~{voxtag}:* +@all -@admin"));
  }

  @AfterEach
  void stop() {
    services.forEach(ServiceProcess::close);
    redis.close();
    kafka.close();
  }

  @Test
  void theyTagACallAndAnswerAnEnrolmentWithTheLeastRights() throws Exception {
    // given
    for (Workload workload : Workload.in(DeployFiles.resources())) {
      services.add(ServiceProcess.start(workload.service(), environment(workload), folder));
    }
    for (ServiceProcess service : services) {
      await(service + " is ready").atMost(START).until(service::isReady);
    }
    KafkaSettings operator = kafka.as("SCRAM-SHA-512", "voxtag-operator", PASSWORD);
    try (TopicReader<?> tags =
            TopicReader.open(operator, Topics.SPEAKER_TAGS, TopicReader.From.BEGINNING);
        TopicReader<?> results =
            TopicReader.open(operator, Topics.ENROLLMENT_RESULTS, TopicReader.From.BEGINNING)) {

      // when
      enroll(operator, "ann", "one");
      call("call-1");

      // then
      assertThat(key(tags)).isEqualTo("call-1");
      assertThat(key(results)).isEqualTo(new EnrollmentKey("ann", "one").encode());
    }
    theConsoleSeesThem();
    assertThat(services)
        .allSatisfy(
            service -> {
              assertThat(service.isReady()).as(service.toString()).isTrue();
              assertThat(service.log().toLowerCase(Locale.ROOT))
                  .as(service.toString())
                  .doesNotContain("authorizationexception", "authorization_failed", "noperm");
            });
  }

  private void theConsoleSeesThem() throws IOException, InterruptedException {
    JsonNode health = console("health");
    assertThat(health.get("reachable").asBoolean()).as(health.toString()).isTrue();
    assertThat(health.get("missingTopics")).as(health.toString()).isEmpty();
    assertThat(health.findValuesAsText("group")).contains("voxtag-embedder", "voxtag-matcher");
    await("the console shows the speaker")
        .atMost(ANSWER)
        .until(() -> console("speakers").toString().contains("\"ann\""));
  }

  private JsonNode console(String what) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service("console").address().resolve("/console/api/" + what))
            .header("Authorization", "Bearer " + CONSOLE_TOKEN)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private ServiceProcess service(String name) {
    return services.stream()
        .filter(service -> service.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Map<String, String> environment(Workload workload) throws IOException {
    Map<String, String> environment = new HashMap<>(workload.environment());
    environment.remove("JAVA_TOOL_OPTIONS");
    // What the cluster gives a pod: addresses, secrets and folders.
    Map<String, String> ours =
        Map.of(
            "VOXTAG_KAFKA_BOOTSTRAP_SERVERS",
            kafka.bootstrapServers(),
            "VOXTAG_KAFKA_SECURITY_TRUST",
            kafka.trust().toString(),
            "VOXTAG_KAFKA_SECURITY_PASSWORD_FILE",
            secret("kafka", PASSWORD),
            "VOXTAG_MATCHER_REDIS_URL",
            "rediss://127.0.0.1:" + redisPort,
            "VOXTAG_MATCHER_REDIS_PASSWORD_FILE",
            secret("redis-password", REDIS_PASSWORD),
            "VOXTAG_MATCHER_REDIS_TRUST",
            certificate.certificate().toString(),
            "VOXTAG_CONSOLE_TOKEN",
            CONSOLE_TOKEN,
            "VOXTAG_INGEST_ACCESS_TOKENS",
            INGEST_TOKEN,
            "VOXTAG_MODELS_STORE",
            Files.createDirectories(folder.resolve("models")).toUri().toString(),
            "VOXTAG_MODELS_CACHE",
            folder.resolve("cache").toString());
    assertThat(environment).containsKeys("VOXTAG_KAFKA_SECURITY_TRUST");
    environment.replaceAll((name, value) -> ours.getOrDefault(name, value));
    environment.values().removeIf(String::isEmpty);
    environment.replaceAll(
        (name, value) -> value.replace("/var/lib/voxtag", folder.resolve("data").toString()));
    environment.put(
        "VOXTAG_MODEL", DeployFiles.ROOT.resolveSibling("models").resolve("starter").toString());
    return environment;
  }

  private String secret(String name, String value) throws IOException {
    return Files.writeString(folder.resolve(name), value).toString();
  }

  private void call(String callId) throws IOException, InterruptedException {
    float[] speech = TestSpeech.speak(Voice.of(1), 1, Duration.ofSeconds(8), 16_000);
    new CallStreamClient(service("ingest").address())
        .withToken(INGEST_TOKEN).stream(
            new LegAddress(callId, 0),
            LegAudio.pcm16(new Pcm(speech, 16_000)),
            Pace.LIVE,
            StreamProgress.NONE);
  }

  private static void enroll(KafkaSettings operator, String speaker, String utterance) {
    byte[] audio =
        OggOpusWriter.encode(
            new Pcm(TestSpeech.speak(Voice.of(2), 1, Duration.ofSeconds(7), 16_000), 16_000),
            OggOpusWriter.SPEECH_BIT_RATE);
    Enrollment enrollment =
        Enrollment.newBuilder()
            .setSpeakerId(speaker)
            .setUtteranceId(utterance)
            .setOperation(EnrollmentOperation.ADD)
            .setConsent(Consent.newBuilder().setBasis("test").setGivenAt(Instant.EPOCH).build())
            .setAudio(
                AudioClip.newBuilder()
                    .setFormat(AudioFormat.OGG_OPUS)
                    .setData(ByteBuffer.wrap(audio))
                    .build())
            .setRequestedAt(Instant.now())
            .build();
    try (KafkaProducer<String, Enrollment> producer =
        new KafkaProducer<>(
            ClientProperties.producer(operator, "operator", Topics.ENROLLMENTS),
            new StringSerializer(),
            EventSerdes.of(operator).of(Topics.ENROLLMENTS).serializer())) {
      KafkaAnswers.await(
          producer.send(
              new ProducerRecord<>(
                  Topics.ENROLLMENTS.name(),
                  new EnrollmentKey(speaker, utterance).encode(),
                  enrollment)));
    }
  }

  private String key(TopicReader<?> reader) {
    List<String> keys = new ArrayList<>();
    await()
        .atMost(ANSWER)
        .until(
            () -> {
              reader.poll(Duration.ofMillis(200)).forEach(message -> keys.add(message.key()));
              return !keys.isEmpty();
            });
    return keys.get(0);
  }
}
