package io.voxtag.console.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.voxtag.audio.AudioFiles;
import io.voxtag.audio.Recording;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
class ConsoleIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TestHTTPResource URI server;
  @Inject ConsoleService service;
  @TempDir Path folder;
  TestTopics topics;

  private final String callId = TestTopics.unique("call");
  private Client client;
  private Scene scene;

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
    client = new Client(server);
    scene = new Scene(topics, callId, 0, Instant.now().minusSeconds(10));
  }

  private static void awaitThat(Condition condition) {
    await().atMost(SOON).until(condition::holds);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  @Test
  void a_tag_reaches_a_page_that_is_open() throws Exception {
    // given
    HttpResponse<Stream<String>> events =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.resolve("/console/events")).timeout(SOON).build(),
                BodyHandlers.ofLines());
    Iterator<String> lines = events.body().iterator();
    assertThat(lines.next()).isEqualTo("event: snapshot");

    // when
    scene.say(scene.tags.identified("ann", TagStage.CONFIRMED, 0.97f));

    // then
    String line = "";
    while (!line.contains(callId)) {
      line = lines.next();
    }
    JsonNode data = Client.JSON.readTree(line.substring("data: ".length()));
    JsonNode call =
        data.get("calls").findParents("callId").stream()
            .filter(one -> one.get("callId").asText().equals(callId))
            .findFirst()
            .orElseThrow();
    JsonNode stretch = call.get("legs").get(0).get("stretches").get(0);
    assertThat(stretch.get("speakerId").asText()).isEqualTo("ann");
    assertThat(stretch.get("stage").asText()).isEqualTo("CONFIRMED");
    events.body().close();
  }

  @Test
  void a_stretch_can_be_heard_enrolled_and_corrected() throws Exception {
    // given
    scene.sound(8);
    for (int i = 0; i < 6; i++) {
      scene.say(scene.tags.unknown("unknown-1"));
    }
    String stretch =
        "/console/api/stretch?call=%s&channel=0&stream=%s&from=2000&to=6000"
            .formatted(callId, scene.streamId());

    // when
    awaitThat(() -> client.get(stretch).statusCode() == 200);
    HttpResponse<byte[]> heard = client.get(stretch);

    // then
    assertThat(heard.headers().firstValue("content-type")).hasValue("audio/wav");
    Path file = Files.write(folder.resolve("heard.wav"), heard.body());
    Recording recording = AudioFiles.read(file);
    assertThat(recording.sampleRate()).isEqualTo(8000);
    assertThat(recording.frames()).isEqualTo(4 * 8000);
    double power = 0;
    for (float sample : recording.channels()[0]) {
      power += sample * sample;
    }
    assertThat(power / recording.frames()).isBetween(0.12, 0.13);

    // when
    String speaker = TestTopics.unique("ann");
    HttpResponse<String> enrolled = client.post("/console/api/stretch/enroll", naming(speaker));
    HttpResponse<String> corrected = client.post("/console/api/stretch/correct", naming(speaker));

    // then
    assertThat(enrolled.statusCode()).as(enrolled.body()).isEqualTo(200);
    assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
    try (TopicReader<Enrollment> reader = topics.read(Topics.ENROLLMENTS)) {
      Enrollment enrollment = find(reader, speaker).value();
      assertThat(enrollment.getConsent().getBasis()).isEqualTo("form 12");
      assertThat(enrollment.getAudio().getFormat()).isEqualTo(AudioFormat.FLAC);
    }
    try (TopicReader<LabelledUtterance> reader = topics.read(Topics.LABELLED_UTTERANCES)) {
      assertThat(find(reader, speaker).value().getSource()).isEqualTo("console correction");
    }
  }

  private Map<String, Object> naming(String speaker) {
    return Map.of(
        "callId",
        callId,
        "channel",
        0,
        "streamId",
        scene.streamId(),
        "fromMs",
        2000,
        "toMs",
        6000,
        "speakerId",
        speaker,
        "consent",
        "form 12");
  }

  private static <V> ConsumerRecord<String, V> find(TopicReader<V> reader, String speaker) {
    return reader.await(record -> record.key().startsWith(speaker + "/"), 1, SOON).get(0);
  }

  @Test
  void without_consent_or_with_a_name_that_is_none_nothing_is_enrolled() throws Exception {
    Map<String, Object> naming = new HashMap<>(naming("ann"));
    naming.put("consent", " ");
    HttpResponse<String> answer = client.post("/console/api/stretch/enroll", naming);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("consent");
  }

  @Test
  void a_stretch_that_nobody_knows_is_not_there() throws Exception {
    HttpResponse<byte[]> answer =
        client.get("/console/api/stretch?call=nobody&channel=0&stream=x&from=0&to=1000");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(client.get("/console/api/stretch?call=a&channel=x").statusCode()).isEqualTo(400);
  }

  @Test
  void an_erased_speaker_is_gone_from_the_topics_and_from_the_list() throws Exception {
    // given
    String speaker = TestTopics.unique("bob");
    String key = new EnrollmentKey(speaker, "one").encode();
    topics.send(Topics.ENROLLMENTS, key, enrollment(speaker));
    String list = "/console/api/speakers?search=" + speaker;
    awaitThat(() -> client.json(list).get("total").asInt() == 1);

    // when
    HttpResponse<String> answer =
        client.post("/console/api/speakers/erase", Map.of("speakerId", speaker));

    // then
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    awaitThat(() -> client.json(list).get("total").asInt() == 0);
    try (TopicReader<Enrollment> reader = topics.read(Topics.ENROLLMENTS)) {
      reader.await(record -> record.key().equals(key) && record.value() == null, 1, SOON);
    }
    assertThat(
            client.post("/console/api/speakers/erase", Map.of("speakerId", speaker)).statusCode())
        .isEqualTo(404);
  }

  private static Enrollment enrollment(String speaker) {
    return Enrollment.newBuilder()
        .setSpeakerId(speaker)
        .setUtteranceId("one")
        .setOperation(EnrollmentOperation.ADD)
        .setConsent(Consent.newBuilder().setBasis("a test").setGivenAt(Instant.now()).build())
        .setAudio(
            AudioClip.newBuilder()
                .setFormat(AudioFormat.FLAC)
                .setData(ByteBuffer.wrap(new byte[8]))
                .build())
        .setRequestedAt(Instant.now())
        .build();
  }

  @Test
  void a_ready_version_is_promoted_and_a_rejected_one_only_by_force() throws Exception {
    // given
    String ready = TestTopics.unique("ready");
    String rejected = TestTopics.unique("rejected");
    topics.send(Topics.MODEL_VERSIONS, ready, version(ready, ModelStatus.READY));
    topics.send(Topics.MODEL_VERSIONS, rejected, version(rejected, ModelStatus.REJECTED));

    // when
    HttpResponse<String> promoted =
        client.post("/console/api/models/promote", Map.of("version", ready));
    HttpResponse<String> refused =
        client.post("/console/api/models/promote", Map.of("version", rejected));

    // then
    assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
    assertThat(refused.statusCode()).isEqualTo(409);
    awaitThat(() -> statusOf(ready).equals("ACTIVE"));
    assertThat(statusOf(rejected)).isEqualTo("REJECTED");
  }

  private String statusOf(String version) throws Exception {
    for (JsonNode one : client.json("/console/api/models").get("versions")) {
      if (one.get("version").asText().equals(version)) {
        return one.get("status").asText();
      }
    }
    return "unknown";
  }

  private static ModelVersion version(String name, ModelStatus status) {
    return ModelVersion.newBuilder()
        .setVersion(name)
        .setStatus(status)
        .setBundleUri("file:///models/" + name)
        .setBundleSha256("0".repeat(64))
        .setMetrics(Map.of("eer", 0.02))
        .setAt(Instant.now())
        .build();
  }

  @Test
  void a_training_is_asked_for_and_cancelled() throws Exception {
    HttpResponse<String> started =
        client.post("/console/api/training/start", Map.of("baseVersion", "starter"));
    String request = Client.JSON.readTree(started.body()).get("requestId").asText();
    client.post("/console/api/training/cancel", Map.of("requestId", request));

    try (TopicReader<TrainingCommand> reader = topics.read(Topics.TRAINING_COMMANDS)) {
      assertThat(reader.await(request, 2, SOON))
          .extracting(record -> record.value().getAction())
          .containsExactly(TrainingAction.START, TrainingAction.CANCEL);
    }
  }

  @Test
  void kafka_is_healthy_with_all_topics() throws Exception {
    JsonNode health = client.json("/console/api/health");

    assertThat(health.get("reachable").asBoolean()).isTrue();
    assertThat(health.get("missingTopics")).isEmpty();
  }

  @Test
  void pages_elsewhere_may_neither_change_nor_read_anything() throws Exception {
    Map<String, String> speaker = Map.of("speakerId", "ann");

    assertThat(
            client
                .post("/console/api/speakers/erase", speaker, "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            client
                .post("/console/api/speakers/erase", speaker, "Sec-Fetch-Site", "cross-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(statusWithHost("evil.example")).isEqualTo(403);
    assertThat(client.get("/console/api/models").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  // The client of the JDK does not let a request name another host.
  private int statusWithHost(String host) throws Exception {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /console/api/models HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(host)
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void the_page_allows_only_its_own_scripts_and_long_requests_are_refused() throws Exception {
    assertThat(client.get("/").headers().firstValue("content-security-policy").orElseThrow())
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(
            client
                .post("/console/api/speakers/erase", Map.of("speakerId", "x".repeat(20_000)))
                .statusCode())
        .isEqualTo(HttpURLConnection.HTTP_ENTITY_TOO_LARGE);
    assertThat(client.get("/console/nothing.js").statusCode()).isEqualTo(404);
  }
}
