package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.audio.Pcm;
import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.ConnectionRefusedException;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import io.voxtag.ingest.client.StreamEnded;
import io.voxtag.ingest.client.StreamProgress;
import io.voxtag.ingest.twilio.Twilio;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(AccessIT.WithTokens.class)
@WithTestResource(KafkaTestResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessIT {

  private static final String TOKEN = "a-token-of-the-exchange";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int BYTES_A_SECOND = 64_000;

  @TestHTTPResource URI server;
  @Inject MeterRegistry registry;
  @Inject IngestService service;
  TestTopics topics;

  private final String callId = TestTopics.unique("access");

  /** Tokens, and narrow limits. */
  public static final class WithTokens implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.ingest.access.tokens", "another-token-of-somebody," + TOKEN,
          "voxtag.ingest.access.origins", "https://desk.example",
          "voxtag.ingest.max-connects-per-second", "20",
          "voxtag.ingest.max-bytes-per-second", Integer.toString(BYTES_A_SECOND),
          "voxtag.ingest.start-timeout", "PT1S");
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void who_shows_a_token_is_taken() throws Exception {
    StreamEnded ended =
        new CallStreamClient(server)
            .withToken(TOKEN).stream(
                new LegAddress(callId, 0), audio(16_000), Pace.UNLIMITED, StreamProgress.NONE);

    assertThat(ended.samples()).isEqualTo(16_000);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).hasSize(32_000);
  }

  @Test
  void who_shows_none_or_a_wrong_one_is_not() {
    CallStreamClient client = new CallStreamClient(server);

    for (CallStreamClient stranger : List.of(client, client.withToken("not-a-token-of-anybody"))) {
      assertThatThrownBy(
              () ->
                  stranger.stream(
                      new LegAddress(callId, 0), audio(800), Pace.UNLIMITED, StreamProgress.NONE))
          .isInstanceOf(ConnectionRefusedException.class)
          .hasMessageContaining("asks for a token");
    }
    assertThat(refused("credentials")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_page_of_another_origin_is_not_taken_and_one_that_is_named_is() {
    assertThat(status("https://evil.example")).isEqualTo(403);
    assertThat(status("https://desk.example")).isEqualTo(101);
    assertThat(refused("origin")).isPositive();
  }

  @Test
  void a_stream_of_twilio_shows_the_token_in_its_start() throws Exception {
    // given
    TestSocket socket = TestSocket.connect(server, "/v1/twilio");
    String start =
        Twilio.start("MZ1", callId)
            .replace("\"customParameters\":{}", "\"customParameters\":{\"token\":\"%s\"}");

    // when
    socket.send(start.formatted(TOKEN));
    socket.send(Twilio.media("MZ1", 2, "inbound", 1, 0, new byte[160]));
    socket.send(Twilio.stop("MZ1", 3));

    // then
    assertThat(socket.closed().code()).isEqualTo(1000);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).hasSize(160);
  }

  @Test
  void a_stream_of_twilio_without_the_token_is_closed() throws Exception {
    TestSocket socket = TestSocket.connect(server, "/v1/twilio");
    socket.send(Twilio.start("MZ1", callId));

    TestSocket.Closed closed = socket.closed();
    assertThat(closed.code()).isEqualTo(1008);
    assertThat(closed.reason()).contains("customParameters.token is missing");
  }

  @Test
  void a_stream_of_twilio_that_never_starts_is_closed() throws Exception {
    TestSocket.Closed closed = TestSocket.connect(server, "/v1/twilio").closed();

    assertThat(closed.code()).isEqualTo(1001);
    assertThat(closed.reason()).contains("no audio within 1 s");
  }

  @Test
  void who_sends_too_fast_is_held_back_and_loses_nothing() throws Exception {
    // given
    int samples = 3 * BYTES_A_SECOND / 2;
    long begin = System.nanoTime();

    // when
    StreamEnded ended =
        new CallStreamClient(server)
            .withToken(TOKEN).stream(
                new LegAddress(callId, 0), audio(samples), Pace.UNLIMITED, StreamProgress.NONE);

    // then
    assertThat(ended.samples()).isEqualTo(samples);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).hasSize(2 * samples);
    // Three seconds' worth, of which one is taken at once.
    assertThat(System.nanoTime() - begin).isGreaterThan(1_800_000_000L);
    assertThat(registry.get("voxtag.ingest.throttled").timer().count()).isPositive();
  }

  // The last one: it leaves nothing of the rate to others.
  @Test
  @Order(Integer.MAX_VALUE)
  void who_connects_too_often_is_told_to_wait() {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(answer("https://desk.example"));
    }

    assertThat(answers.stream().map(CompletableFuture::join)).contains(429);
    assertThat(refused("rate")).isPositive();
  }

  private int status(String origin) {
    return answer(origin).join();
  }

  private CompletableFuture<Integer> answer(String origin) {
    URI address =
        URI.create(
            "ws://%s:%d/v1/calls/%s/0".formatted(server.getHost(), server.getPort(), callId));
    return HTTP.newWebSocketBuilder()
        .header("Origin", origin)
        .header("Authorization", "Bearer " + TOKEN)
        .buildAsync(address, new WebSocket.Listener() {})
        .handle(
            (socket, failure) -> {
              if (failure == null) {
                socket.abort();
                return 101;
              }
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
              }
              throw new CompletionException(cause);
            });
  }

  private double refused(String reason) {
    return registry.get("voxtag.ingest.refusals").tag("reason", reason).counter().count();
  }

  private static LegAudio audio(int samples) {
    return LegAudio.pcm16(new Pcm(new float[samples], 16_000));
  }
}
