package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.embedder.batch.RandomBundle;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The embedder as a service, with a real network. */
@QuarkusTest
@TestProfile(EmbedderServiceIT.Profile.class)
@WithTestResource(KafkaTestResource.class)
class EmbedderServiceIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  /** A small model, and groups of its own. */
  public static final class Profile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Path folder = Files.createTempDirectory("voxtag-model").resolve("random");
        RandomBundle.writeElsewhere(folder);
        String group = TestTopics.unique("embedder");
        return Map.of(
            "voxtag.model",
            folder.toString(),
            "voxtag.embedder.device",
            "cpu",
            "voxtag.embedder.group-id",
            group,
            "voxtag.embedder.enrollment.group-id",
            group + "-enrollments",
            "quarkus.http.test-port",
            "0");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private TestTopics topics;

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/health/live")
  URI live;

  @TestHTTPResource("/q/metrics")
  URI metrics;

  @Test
  void itEmbedsAndSaysHowItIs() throws Exception {
    // given
    await().atMost(DEADLINE).until(() -> get(ready).statusCode() == 200);
    String call = TestTopics.unique("call");

    // when
    Calls.leg(call, 0, 6).forEach(chunk -> topics.send(Topics.CALL_AUDIO, call, chunk));

    // then
    try (TopicReader<SpeechEmbedding> reader = topics.read(Topics.SPEECH_EMBEDDINGS)) {
      SpeechEmbedding first = reader.await(call, Calls.windows(6), DEADLINE).get(0).value();
      assertThat(first.getModelVersion()).isEqualTo("random-1");
      assertThat(Vectors.decode(first.getVector())).hasSize(24);
    }
    assertThat(get(live).statusCode()).isEqualTo(200);
    assertThat(get(ready).body())
        .contains("\"loaded\": \"random-1\"")
        .contains("\"partitions\": 12");
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(get(metrics).body())
                    .contains("voxtag_embedder_windows_total{outcome=\"embedded\"}")
                    .contains("voxtag_embedder_stage_seconds_bucket{stage=\"inference\"")
                    .contains("voxtag_embedder_stage_seconds_bucket{stage=\"queue\"")
                    .contains("voxtag_embedder_capture_to_embedding_seconds_bucket")
                    .contains("voxtag_embedder_batch_size_count")
                    .contains("voxtag_embedder_queue_depth 0.0")
                    .contains("voxtag_embedder_paused_partitions 0.0")
                    .contains("voxtag_embedder_lag 0.0")
                    .contains("voxtag_embedder_enrollment_lag{model=\"random-1\"} 0.0")
                    .contains("voxtag_embedder_model_active{model=\"random-1\"} 1.0")
                    .contains("voxtag_embedder_models_loaded 1.0")
                    .contains("voxtag_embedder_commits_stalled 0.0")
                    .contains("voxtag_embedder_legs_open 0.0")
                    .contains("voxtag_embedder_dead_letters_total{topic=\"call-audio\"} 0.0"));
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
