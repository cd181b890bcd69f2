package io.voxtag.matcher;

import static io.voxtag.matcher.TestEvents.enrollment;
import static io.voxtag.matcher.TestEvents.key;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.schemas.Topics;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import io.voxtag.testkit.quarkus.RedisTestResource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The matcher as a service. */
@QuarkusTest
@TestProfile(MatcherServiceIT.Profile.class)
@WithTestResource(KafkaTestResource.class)
@WithTestResource(RedisTestResource.class)
class MatcherServiceIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  /** A small model, and a group of its own. */
  public static final class Profile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.model",
          "src/test/resources/bundle",
          "voxtag.matcher.application-id",
          TestTopics.unique("matcher"));
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
  void itTagsAndSaysHowItIs() throws Exception {
    // given
    await().atMost(DEADLINE).until(() -> get(ready).statusCode() == 200);
    String speaker = TestTopics.unique("ann");
    String call = TestTopics.unique("call");

    // when
    topics.send(
        Topics.ENROLLMENT_EMBEDDINGS,
        key(speaker, "1").encode(),
        enrollment(key(speaker, "1"), recording(speaker, 1)));
    try (var results = topics.read(Topics.ENROLLMENT_RESULTS)) {
      results.await(key(speaker, "1").enrollment().encode(), 1, DEADLINE);
    }
    topics.send(Topics.SPEECH_EMBEDDINGS, call, window(call, 0, 0, recording(speaker, 2)));
    topics.send(Topics.SPEECH_EMBEDDINGS, call, window(call, 0, 1, null));

    // then
    try (TopicReader<?> tags = topics.read(Topics.SPEAKER_TAGS)) {
      tags.await(call, 2, DEADLINE);
    }
    assertThat(get(live).statusCode()).isEqualTo(200);
    JsonNode data = new ObjectMapper().readTree(get(ready).body()).findValue("data");
    assertThat(data.get("redis").asText()).isEqualTo("UP");
    assertThat(data.get("model").asText()).isEqualTo("test-1");
    assertThat(data.get("loaded").asText()).isEqualTo("test-1");
    assertThat(data.get("pendingEnrollments").asInt()).isZero();
    assertThat(get(metrics).body())
        .contains("voxtag_matcher_tags_total{model=\"test-1\",state=\"insufficient_speech\"}")
        .contains("voxtag_matcher_enrollments_total{outcome=\"accepted\"}")
        .contains("voxtag_matcher_capture_to_tag_seconds_bucket")
        .contains("voxtag_matcher_decision_seconds_bucket")
        .contains("voxtag_matcher_score_bucket")
        .contains("voxtag_matcher_enrollment_application_seconds_bucket")
        .contains("voxtag_matcher_redis_answer_seconds_bucket")
        .contains("voxtag_matcher_redis_up 1.0")
        .contains("voxtag_matcher_registry_staleness_seconds")
        .contains("voxtag_matcher_speakers{model=\"test-1\"}")
        .contains("voxtag_matcher_model_active{model=\"test-1\"} 1.0")
        .contains("voxtag_matcher_lag{")
        .contains("voxtag_matcher_streams_running{");
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
