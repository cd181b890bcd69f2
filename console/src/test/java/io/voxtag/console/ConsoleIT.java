package io.voxtag.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.voxtag.console.state.TestTags;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
class ConsoleIT {

  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @TestHTTPResource("/console/")
  URI page;

  @Inject ConsoleService service;
  TestTopics topics;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String call = TestTopics.unique("call");
  private final String speaker = TestTopics.unique("speaker");

  @BeforeEach
  void awaitStart() {
    await()
        .atMost(DEADLINE)
        .until(() -> service.running().map(running -> running.feeds().isReading()).orElse(false));
  }

  @Test
  void whoeverIsThereAndWhoeverComesLaterIsToldOfEveryWindow() throws Exception {
    try (Listener there = new Listener()) {
      topics.send(Topics.SPEAKER_TAGS, call, TestTags.tag(call, 0, "s", 0, "ann"));
      there.await("\"call\":\"" + call + "\"");

      try (Listener later = new Listener()) {
        later.await("\"call\":\"" + call + "\"");
        topics.send(Topics.SPEAKER_TAGS, call, TestTags.tag(call, 0, "s", 1, "ann"));
        later.await("\"index\":1");
      }
      there.await("\"index\":1");
    }
  }

  @Test
  void aSpeakerIsErasedByATombstoneForEachRecording() throws Exception {
    topics.send(
        Topics.ENROLLMENT_RESULTS,
        new EnrollmentKey(speaker, "one").encode(),
        EnrollmentResult.newBuilder()
            .setSpeakerId(speaker)
            .setUtteranceId("one")
            .setModelVersion("test-1")
            .setOutcome(EnrollmentOutcome.ACCEPTED)
            .setUtterances(1)
            .setNetSpeechMs(3000)
            .setSnrDb(20f)
            .setAt(Instant.EPOCH)
            .build());
    try (Listener listener = new Listener();
        TopicReader<Enrollment> enrollments = topics.read(Topics.ENROLLMENTS)) {
      listener.await("\"id\":\"" + speaker + "\"");

      assertThat(post("speakers/erase", speaker, Map.of()).statusCode()).isEqualTo(204);

      assertThat(
              enrollments
                  .await(new EnrollmentKey(speaker, "one").encode(), 1, DEADLINE)
                  .get(0)
                  .value())
          .isNull();
    }
    HttpResponse<String> nobody = post("speakers/erase", "nobody", Map.of());
    assertThat(nobody.statusCode()).isEqualTo(400);
    assertThat(nobody.body()).contains("Nobody is enrolled as 'nobody'");
  }

  @Test
  void aVersionThatCannotServeIsNotPromotedAndThePageSaysWhy() throws Exception {
    String rejected = TestTopics.unique("rejected");
    topics.send(
        Topics.MODEL_VERSIONS,
        rejected,
        ModelVersion.newBuilder()
            .setVersion(rejected)
            .setStatus(ModelStatus.REJECTED)
            .setBundleUri("file:///nowhere")
            .setBundleSha256("0".repeat(64))
            .setMetrics(Map.of())
            .setAt(Instant.now())
            .build());
    try (Listener listener = new Listener()) {
      listener.await(rejected);

      HttpResponse<String> refused = post("models/promote", rejected, Map.of());

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("is REJECTED; one that is READY or RETIRED");
      assertThat(post("models/promote", "no-such", Map.of()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void ordersOfAnotherSiteAndRequestsUnderAnotherNameAreNotAnswered() throws Exception {
    assertThat(
            post("speakers/erase", speaker, Map.of("Origin", "http://evil.example")).statusCode())
        .isEqualTo(403);
    // As when the name of a site was made to lead here.
    assertThat(raw("GET /console/live HTTP/1.1\r\nHost: evil.example\r\n")).contains(" 403 ");
    assertThat(raw("GET /console/ HTTP/1.1\r\nHost: localhost\r\n"))
        .contains(" 200 ")
        .contains("default-src 'self'");
    assertThat(raw("GET /console/../application.properties HTTP/1.1\r\nHost: localhost\r\n"))
        .contains(" 404 ");
  }

  private HttpResponse<String> post(String path, String id, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + id + "\"}"));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(page.getHost(), page.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Reads the stream as a browser does. */
  private final class Listener implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final InputStream stream;

    Listener() throws IOException, InterruptedException {
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(page.resolve("live")).build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      stream = response.body();
      Thread reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        reader.lines().forEach(lines::add);
      } catch (IOException | java.io.UncheckedIOException e) {
        lines.add("closed: " + e);
      }
    }

    void await(String text) {
      org.awaitility.Awaitility.await(text)
          .atMost(DEADLINE)
          .until(() -> lines.stream().anyMatch(line -> line.contains(text)));
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
