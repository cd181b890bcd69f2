package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.voxtag.audio.Pcm;
import io.voxtag.audio.Pcm16;
import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import io.voxtag.ingest.client.ServerUnreachableException;
import io.voxtag.ingest.client.StreamClosedException;
import io.voxtag.ingest.client.StreamEnded;
import io.voxtag.ingest.client.StreamProgress;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(KafkaTestResource.class)
class RawStreamIT {

  private static final String PCM = "?rate=16000&encoding=pcm_s16le";

  @TestHTTPResource URI server;
  @Inject IngestService service;
  TestTopics topics;

  private final String callId = TestTopics.unique("raw");
  private final Random random = new Random(3);

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void a_leg_is_stored_byte_for_byte_and_the_answer_says_how_much() throws Exception {
    // given
    Pcm pcm = noise(16_000 * 21 / 2 + 77, 16_000);

    // when
    StreamEnded ended =
        new CallStreamClient(server)
            .stream(
                new LegAddress(callId, 1),
                LegAudio.pcm16(pcm),
                Pace.UNLIMITED,
                StreamProgress.NONE);

    // then
    StoredLeg leg = StoredLeg.await(topics, callId, 1).isWhole();
    assertThat(leg.audio()).isEqualTo(Pcm16.encode(pcm.samples()));
    assertThat(ended).isEqualTo(new StreamEnded(pcm.samples().length, leg.chunks().size()));
    assertThat(leg.chunks()).hasSize(106);
    assertThat(leg.chunks())
        .allSatisfy(
            chunk -> {
              assertThat(chunk.getSampleRate()).isEqualTo(16_000);
              assertThat(chunk.getEncoding()).isEqualTo(AudioEncoding.PCM_S16LE);
              assertThat(chunk.getStartSample()).isEqualTo(chunk.getSequence() * 1600);
            });
  }

  @Test
  void a_live_stream_takes_as_long_as_its_audio() throws Exception {
    // given
    LegAudio audio = LegAudio.mulaw(noise(8000, 8000));
    List<Long> sent = new ArrayList<>();

    // when
    long begin = System.nanoTime();
    new CallStreamClient(server).stream(new LegAddress(callId, 0), audio, Pace.LIVE, sent::add);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

    // then
    assertThat(millis).isGreaterThanOrEqualTo(1000);
    assertThat(sent).isSorted().hasSize(25).endsWith(8000L);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().chunks())
        .allSatisfy(chunk -> assertThat(chunk.getEncoding()).isEqualTo(AudioEncoding.MULAW));
  }

  @Test
  void opus_packets_stay_whole() throws Exception {
    // given
    byte[][] packets = {{(byte) 0xf8, 1, 2, 3}, {(byte) 0xf8, 4}, {(byte) 0xf9, 5, 6}};
    TestSocket socket = connect("/0?rate=48000&encoding=opus");

    // when
    for (byte[] packet : packets) {
      socket.send(packet);
    }
    socket.send("{\"event\":\"end\"}");

    // then
    assertThat(socket.answer()).isEqualTo("{\"event\":\"ended\",\"samples\":3840,\"chunks\":4}");
    assertThat(socket.closed()).isEqualTo(new TestSocket.Closed(1000, ""));
    List<AudioChunk> chunks = StoredLeg.await(topics, callId, 0).isWhole().chunks();
    assertThat(chunks).extracting(StoredLeg::bytes).startsWith(packets);
    assertThat(chunks)
        .extracting(AudioChunk::getStartSample)
        .containsExactly(0L, 960L, 1920L, 3840L);
  }

  @Test
  void a_message_in_several_frames_is_taken() throws Exception {
    // given
    byte[] audio = audio(5000);
    TestSocket socket = connect("/0" + PCM);

    // when
    socket.send(Arrays.copyOfRange(audio, 0, 1501), false);
    socket.send(Arrays.copyOfRange(audio, 1501, 3001), false);
    socket.send(Arrays.copyOfRange(audio, 3001, 5000), true);
    socket.close();

    // then
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  @Test
  void a_client_that_dies_leaves_all_it_sent() throws Exception {
    // given
    byte[] audio = audio(33_334);
    TestSocket socket = connect("/0" + PCM);

    // when
    socket.send(audio);
    socket.abort();

    // then
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/0, 1008, rate is missing; give it as ?rate=8000",
    "/0?rate=3999, 1008, 'rate is \"3999\"; must be 4000 to 192000 Hz'",
    "/0?rate=8k, 1008, 'rate is \"8k\"; must be 4000 to 192000 Hz'",
    "/0?rate=8000&encoding=mp3, 1003, 'encoding is \"mp3\"; must be one of'",
    "/0?rate=11025&encoding=opus, 1008, rate is 11025; of opus it must be",
    "/32?rate=8000, 1008, 'channel is \"32\"; must be 0 to 31'",
    "/left?rate=8000, 1008, 'channel is \"left\"; must be 0 to 31'",
    "%0a/0?rate=8000, 1008, callId has control characters",
    "/0/0?rate=8000, 1008, path must be /v1/calls/{callId}/{channel}",
  })
  void a_stream_that_cannot_be_is_closed_with_the_reason(String address, int code, String reason)
      throws Exception {
    // when
    TestSocket socket = connect(address);

    // then
    assertThat(socket.closed().code()).isEqualTo(code);
    assertThat(socket.closed().reason()).startsWith(reason);
  }

  @Test
  void a_call_id_that_is_too_long_is_refused() throws Exception {
    // when
    TestSocket socket = connect("x".repeat(100) + "/0?rate=8000");

    // then
    assertThat(socket.closed().code()).isEqualTo(1008);
    assertThat(socket.closed().reason()).endsWith("must have 1 to 128");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "audio, 1007, 'text is no JSON; must be {\"event\":\"end\"}, audio is binary'",
    "'[1]', 1007, 'text has no event; must be {\"event\":\"end\"}, audio is binary'",
    "'{\"event\":\"stop\"}', 1008, 'event is \"stop\"; must be \"end\"'",
  })
  void text_that_is_not_the_end_closes_the_stream_and_keeps_what_was_received(
      String text, int code, String reason) throws Exception {
    // given
    byte[] audio = audio(5002);
    TestSocket socket = connect("/0" + PCM);
    socket.send(audio);

    // when
    socket.send(text);

    // then
    assertThat(socket.closed().code()).isEqualTo(code);
    assertThat(socket.closed().reason()).startsWith(reason);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({
    "333, 1007, message of 333 bytes; pcm_s16le has 2 bytes a sample",
    "65538, 1009, message of 65538 bytes or more; must be at most 65536",
    "200000, 1009, message of 200000 bytes or more; must be at most 65536",
  })
  void a_wrong_binary_message_closes_the_stream_and_keeps_what_was_received(
      int bytes, int code, String reason) throws Exception {
    // given
    byte[] audio = audio(5002);
    TestSocket socket = connect("/0" + PCM);
    socket.send(audio);

    // when
    socket.send(audio(bytes));

    // then
    assertThat(socket.closed()).isEqualTo(new TestSocket.Closed(code, reason));
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  @Test
  void a_message_of_megabytes_ends_the_leg_and_keeps_what_was_received() throws Exception {
    // given
    byte[] audio = audio(5002);
    TestSocket socket = connect("/0" + PCM);
    socket.send(audio);

    // when
    socket.begin(audio(3_000_000));

    // then
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  @Test
  void a_message_that_is_too_long_in_many_frames_is_too_big() throws Exception {
    // given
    TestSocket socket = connect("/0" + PCM);

    // when
    socket.send(audio(40_000), false);
    socket.send(audio(40_000), false);

    // then
    assertThat(socket.closed())
        .isEqualTo(
            new TestSocket.Closed(1009, "message of 80000 bytes or more; must be at most 65536"));
  }

  @Test
  void a_bad_call_among_many_harms_no_other() throws Exception {
    // given
    int calls = 40;
    Pcm pcm = noise(16_000, 16_000);
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    CallStreamClient client = new CallStreamClient(server);

    // when
    List<CompletableFuture<StreamEnded>> ended = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      LegAddress leg = new LegAddress(callId + "-" + call, 0);
      ended.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.stream(leg, LegAudio.pcm16(pcm), new Pace(2), StreamProgress.NONE);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              threads));
    }
    TestSocket bad = connect("/0" + PCM);
    bad.send(audio(100));
    bad.send("nonsense");

    // then
    assertThat(bad.closed().code()).isEqualTo(1007);
    for (int call = 0; call < calls; call++) {
      assertThat(ended.get(call).get(60, TimeUnit.SECONDS).samples()).isEqualTo(16_000);
      assertThat(StoredLeg.await(topics, callId + "-" + call, 0).isWhole().audio())
          .isEqualTo(Pcm16.encode(pcm.samples()));
    }
    threads.shutdown();
  }

  @Test
  void a_new_stream_of_a_leg_takes_over_from_the_old_one() throws Exception {
    // given
    TestSocket older = connect("/0" + PCM);
    older.send(audio(4000));
    chunks(1);
    TestSocket newer = connect("/0" + PCM);
    assertThat(older.closed().code()).isEqualTo(1008);
    assertThat(older.closed().reason()).endsWith("is streamed by a newer connection");

    // when
    newer.send(audio(4000));
    newer.send("{\"event\":\"end\"}");

    // then
    assertThat(newer.answer()).contains("\"samples\":2000");
    List<AudioChunk> chunks = chunks(4);
    assertThat(chunks)
        .extracting(AudioChunk::getSequence, AudioChunk::getLast)
        .containsExactly(tuple(0L, false), tuple(1L, true), tuple(0L, false), tuple(1L, true));
    assertThat(chunks.get(0).getStreamId())
        .isEqualTo(chunks.get(1).getStreamId())
        .isNotEqualTo(chunks.get(2).getStreamId());
  }

  @Test
  void the_client_says_why_the_server_refused() {
    LegAudio audio =
        new LegAudio(AudioEncoding.MULAW, 1000, new ByteArrayInputStream(audio(200_000)));

    assertThatThrownBy(
            () ->
                new CallStreamClient(server)
                    .stream(new LegAddress(callId, 0), audio, Pace.UNLIMITED, StreamProgress.NONE))
        .isInstanceOf(StreamClosedException.class)
        .hasMessageContaining("must be 4000 to 192000 Hz");
  }

  @Test
  void the_client_says_that_nobody_listens() {
    assertThatThrownBy(
            () ->
                new CallStreamClient(URI.create("http://localhost:9"))
                    .stream(
                        new LegAddress(callId, 0),
                        LegAudio.pcm16(noise(10, 8000)),
                        Pace.LIVE,
                        StreamProgress.NONE))
        .isInstanceOf(ServerUnreachableException.class)
        .hasMessageStartingWith("No connection to http://localhost:9");
  }

  @Test
  void metrics_and_health_tell_how_the_service_is() throws Exception {
    // given
    TestSocket socket = connect("/0" + PCM);
    socket.send(audio(6400));
    socket.send("{\"event\":\"end\"}");
    assertThat(socket.closed().code()).isEqualTo(1000);

    // then
    assertThat(get("/q/health/ready")).contains("\"status\": \"UP\"").contains("Kafka");
    assertThat(get("/q/health/live")).contains("\"status\": \"UP\"").contains("chunks are sent");
    assertThat(get("/q/metrics"))
        .contains("voxtag_ingest_chunks_total")
        .contains("voxtag_ingest_audio_bytes_total")
        .contains("voxtag_ingest_samples_total")
        .contains("voxtag_ingest_streams_open")
        .contains("voxtag_ingest_outstanding_bytes")
        .contains("voxtag_ingest_backpressure_seconds_sum")
        .contains("voxtag_ingest_publish_seconds_bucket{le=\"0.01\"")
        .contains("voxtag_ingest_streams_closed_total{reason=\"ended\",transport=\"raw\"}")
        .contains("kafka_producer_");
  }

  @Test
  void plain_http_is_told_to_upgrade() throws Exception {
    assertThat(get("/v1/calls/" + callId + "/0")).contains("takes WebSocket connections");
  }

  private List<AudioChunk> chunks(int count) {
    try (TopicReader<AudioChunk> reader = topics.read(Topics.CALL_AUDIO)) {
      return reader.await(callId, count, Duration.ofSeconds(60)).stream()
          .map(ConsumerRecord::value)
          .toList();
    }
  }

  private String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  private TestSocket connect(String address) {
    return TestSocket.connect(server, "/v1/calls/" + callId + address);
  }

  private byte[] audio(int bytes) {
    byte[] audio = new byte[bytes];
    random.nextBytes(audio);
    return audio;
  }

  private Pcm noise(int samples, int rate) {
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) random.nextGaussian() / 10;
    }
    return new Pcm(noise, rate);
  }
}
