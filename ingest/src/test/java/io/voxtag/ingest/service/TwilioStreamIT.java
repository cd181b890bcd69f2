package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.voxtag.ingest.twilio.Twilio;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
class TwilioStreamIT {

  private static final int FRAME = 160;

  @TestHTTPResource URI server;
  @Inject IngestService service;
  TestTopics topics;

  private final String callSid = TestTopics.unique("CA");
  private final String streamSid = TestTopics.unique("MZ");
  private final byte[] audio = new byte[200 * FRAME];

  {
    new Random(5).nextBytes(audio);
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void both_tracks_become_legs_of_the_call() throws Exception {
    // given
    TestSocket socket = started();

    // when
    long sequence = 2;
    for (int i = 0; i < 100; i++) {
      socket.send(media(sequence++, "inbound", i));
      socket.send(media(sequence++, "outbound", i + 100, i));
      if (i == 50) {
        socket.send(Twilio.mark(streamSid, sequence++));
      }
    }
    socket.send(Twilio.stop(streamSid, sequence));

    // then
    assertThat(socket.closed()).isEqualTo(new TestSocket.Closed(1000, ""));
    StoredLeg caller = StoredLeg.await(topics, callSid, 0).isWhole();
    StoredLeg callee = StoredLeg.await(topics, callSid, 1).isWhole();
    assertThat(caller.audio()).isEqualTo(frames(0, 100));
    assertThat(callee.audio()).isEqualTo(frames(100, 200));
    assertThat(caller.chunks())
        .allSatisfy(
            chunk -> {
              assertThat(chunk.getStreamId()).isEqualTo(streamSid);
              assertThat(chunk.getEncoding()).isEqualTo(AudioEncoding.MULAW);
              assertThat(chunk.getSampleRate()).isEqualTo(8000);
              assertThat(chunk.getStartSample()).isEqualTo(chunk.getSequence() * 800);
            });
  }

  @Test
  void messages_out_of_order_are_put_in_order_and_repeats_dropped() throws Exception {
    // given
    TestSocket socket = started();

    // when
    for (int i : new int[] {0, 2, 1, 1, 5, 5, 3, 4, 0, 6}) {
      socket.send(media(i + 2, "inbound", i));
    }
    socket.send(Twilio.stop(streamSid, 9));

    // then
    StoredLeg leg = StoredLeg.await(topics, callSid, 0).isWhole();
    assertThat(leg.audio()).isEqualTo(frames(0, 7));
  }

  @Test
  void what_never_comes_is_a_gap_on_the_clock() throws Exception {
    // given
    TestSocket socket = started();

    // when
    for (int i : new int[] {0, 1, 2, 3, 4, 7, 8, 9}) {
      socket.send(media(i + 2, "inbound", i));
    }

    // then
    socket.send(Twilio.stop(streamSid, 12));
    List<AudioChunk> chunks = StoredLeg.await(topics, callSid, 0).isWhole().chunks();
    assertThat(chunks).extracting(AudioChunk::getStartSample).containsExactly(0L, 7L * FRAME);
    assertThat(StoredLeg.bytes(chunks.get(0))).isEqualTo(frames(0, 5));
    assertThat(StoredLeg.bytes(chunks.get(1))).isEqualTo(frames(7, 10));
  }

  @Test
  void a_broken_connection_leaves_all_that_was_sent() throws Exception {
    // given
    TestSocket socket = started();

    // when
    for (int i : new int[] {0, 1, 2, 4}) {
      socket.send(media(i + 2, "inbound", i));
    }
    socket.abort();

    // then
    List<AudioChunk> chunks = StoredLeg.await(topics, callSid, 0).isWhole().chunks();
    assertThat(chunks).extracting(AudioChunk::getStartSample).containsExactly(0L, 4L * FRAME);
    assertThat(StoredLeg.bytes(chunks.get(1))).isEqualTo(frames(4, 5));
  }

  static Stream<Arguments> badMessages() {
    String good = Twilio.media("MZ", 7, "inbound", 6, 100, new byte[FRAME]);
    return Stream.of(
        Arguments.of("no JSON", "{\"event\":", 1007, "message is no JSON"),
        Arguments.of("no event", "{}", 1007, "event is missing"),
        Arguments.of(
            "no base64",
            good.replace("\"payload\":\"", "\"payload\":\"*"),
            1007,
            "media.payload is no base64"),
        Arguments.of("number", good.replace("\"7\"", "\"-7\""), 1007, "sequenceNumber is \"-7\""),
        Arguments.of(
            "jump",
            good.replace("\"7\"", "\"70000\""),
            1008,
            "sequenceNumber is 70000 where 7 was next"),
        Arguments.of(
            "other stream",
            good.replace("\"MZ\"", "\"MX\""),
            1008,
            "streamSid is not that of start"),
        Arguments.of(
            "track", good.replace("inbound", "upbound"), 1008, "media.track is \"upbound\""),
        Arguments.of(
            "gap",
            good.replace("\"100\"", "\"9999999999\""),
            1008,
            "media.timestamp is 9999999999 after 100"),
        Arguments.of("second start", Twilio.start("MZ", "CA-other"), 1008, "second start"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badMessages")
  void a_bad_message_closes_the_stream_and_keeps_what_was_received(
      String name, String message, int code, String reason) throws Exception {
    // given
    TestSocket socket = started();
    for (int i = 0; i < 5; i++) {
      socket.send(media(i + 2, "inbound", i));
    }

    // when
    socket.send(message.replace("\"MZ\"", "\"" + streamSid + "\""));

    // then
    assertThat(socket.closed().code()).isEqualTo(code);
    assertThat(socket.closed().reason()).startsWith(reason);
    assertThat(StoredLeg.await(topics, callSid, 0).isWhole().audio()).isEqualTo(frames(0, 5));
  }

  @Test
  void media_before_the_start_is_refused() throws Exception {
    // given
    TestSocket socket = TestSocket.connect(server, "/v1/twilio");
    socket.send(Twilio.CONNECTED);

    // when
    socket.send(media(1, "inbound", 0));

    // then
    assertThat(socket.closed())
        .isEqualTo(new TestSocket.Closed(1008, "message before start; a stream begins with start"));
  }

  @Test
  void binary_messages_are_unsupported() throws Exception {
    // given
    TestSocket socket = started();

    // when
    socket.send(audio);

    // then
    assertThat(socket.closed().code()).isEqualTo(1003);
  }

  private TestSocket started() {
    TestSocket socket = TestSocket.connect(server, "/v1/twilio");
    socket.send(Twilio.CONNECTED);
    socket.send(Twilio.start(streamSid, callSid));
    return socket;
  }

  private String media(long sequence, String track, int frame) {
    return media(sequence, track, frame, frame);
  }

  private String media(long sequence, String track, int frame, int place) {
    return Twilio.media(
        streamSid, sequence, track, place + 1, place * 20L, frames(frame, frame + 1));
  }

  private byte[] frames(int from, int to) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.write(audio, from * FRAME, (to - from) * FRAME);
    return frames.toByteArray();
  }
}
