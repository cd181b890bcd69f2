package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(LimitsIT.Tight.class)
@WithTestResource(KafkaTestResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsIT {

  private static final Duration IDLE = Duration.ofSeconds(2);

  @TestHTTPResource URI server;
  @Inject MeterRegistry registry;
  @Inject IngestService service;
  TestTopics topics;

  private final String callId = TestTopics.unique("limits");

  /** Few streams and little patience. */
  public static final class Tight implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.ingest.idle-timeout", IDLE.toString(), "voxtag.ingest.max-streams", "3");
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  @Order(1)
  void a_client_that_answers_no_ping_is_taken_for_dead_and_its_leg_ends() throws Exception {
    try (Socket deaf = new Socket(server.getHost(), server.getPort())) {
      // given
      OutputStream out = deaf.getOutputStream();
      out.write(
          """
          GET /v1/calls/%s/0?rate=8000&encoding=mulaw HTTP/1.1\r
          Host: localhost\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .formatted(callId)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(readHead(deaf.getInputStream())).startsWith("HTTP/1.1 101");
      // A binary message of three bytes, masked with zeros.
      out.write(new byte[] {(byte) 0x82, (byte) 0x83, 0, 0, 0, 0, 7, 8, 9});
      out.flush();

      // when
      String received = read(deaf.getInputStream());

      // then
      assertThat(received).contains("no audio and no pong for 2 s");
    }
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).containsExactly(7, 8, 9);
  }

  @Test
  @Order(2)
  void a_client_that_is_only_silent_stays() throws Exception {
    // given
    TestSocket socket = connect(0);

    // when
    await().pollDelay(IDLE.multipliedBy(2)).until(() -> true);
    socket.send(new byte[100]);
    socket.send("{\"event\":\"end\"}");

    // then
    assertThat(socket.answer()).contains("\"samples\":100");
  }

  @Test
  @Order(3)
  void streams_over_the_limit_are_told_to_try_again_later() throws Exception {
    // given
    await().until(() -> openStreams() == 0);
    TestSocket[] taken = {connect(0), connect(1), connect(2)};
    await().until(() -> openStreams() == 3);

    // when
    TestSocket over = connect(3);

    // then
    assertThat(over.closed())
        .isEqualTo(new TestSocket.Closed(1013, "3 streams already; try again later"));
    taken[0].close();
    await().until(() -> openStreams() == 2);
    TestSocket next = connect(3);
    next.send("{\"event\":\"end\"}");
    assertThat(next.answer()).contains("\"samples\":0");
    taken[1].close();
    taken[2].close();
    await().until(() -> openStreams() == 0);
  }

  @Test
  @Order(4)
  void a_stop_of_the_service_ends_all_legs_and_stores_them() throws Exception {
    // given
    TestSocket socket = connect(0);
    socket.send(new byte[12_345]);
    await().until(() -> registry.get("voxtag.ingest.samples").counter().count() >= 12_000);

    // when
    service.onStop(new ShutdownEvent());

    // then
    assertThat(socket.closed()).isEqualTo(new TestSocket.Closed(1001, "the service is stopping"));
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).hasSize(12_345);
    assertThat(connect(1).closed().code()).isEqualTo(1001);
  }

  private double openStreams() {
    return registry.get("voxtag.ingest.streams.open").gauge().value();
  }

  private TestSocket connect(int channel) {
    return TestSocket.connect(
        server, "/v1/calls/" + callId + "/" + channel + "?rate=8000&encoding=mulaw");
  }

  /** The answer to the handshake. */
  private static String readHead(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  /** All that comes until the server ends the connection. */
  private static String read(InputStream in) throws Exception {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
