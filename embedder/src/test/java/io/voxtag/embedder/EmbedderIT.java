package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbedderIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final String group = TestTopics.unique("embedder");
  private final String call = TestTopics.unique("call");

  @Test
  void aCallGoesInAndItsWindowsComeOutInOrder() throws Exception {
    send(Calls.leg(call, 0, 9), Calls.leg(call, 1, 6));

    try (Embedder embedder = start(new FakeModel(), Map.of());
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      List<SpeechEmbedding> found =
          values(reader.await(call, Calls.windows(9) + Calls.windows(6), DEADLINE));

      for (int channel = 0; channel < 2; channel++) {
        int leg = channel;
        List<SpeechEmbedding> windows =
            found.stream().filter(window -> window.getChannel() == leg).toList();
        int count = Calls.windows(channel == 0 ? 9 : 6);
        assertThat(windows)
            .extracting(SpeechEmbedding::getWindowIndex)
            .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> (long) i).toList());
        assertThat(windows).extracting(SpeechEmbedding::getModelVersion).containsOnly("fake-1");
        assertThat(windows.get(0).getVector()).isNotNull();
        assertThat(windows.get(0).getNetSpeechMs()).isBetween(700, 3_000);
        assertThat(windows.get(0).getSnrDb()).isNotNaN();
        SpeechEmbedding last = windows.get(count - 1);
        assertThat(last.getVector()).isNull();
        assertThat(last.getNetSpeechMs()).isZero();
        assertThat(last.getSnrDb()).isNaN();
        assertThat(last.getLast()).isTrue();
      }
      await().atMost(DEADLINE).until(embedder::isReady);
      assertThat(embedder.isAlive()).isTrue();
      assertThat(embedder.partitions()).isEqualTo(Topics.CALL_AUDIO.partitions());
      assertThat(registry.get("voxtag.embedder.capture.to.embedding").timer().count())
          .isGreaterThanOrEqualTo(13);
    }
    assertThat(fatal).hasValue(null);
  }

  @Test
  void poisonGoesToTheDeadLettersAndTheLegGoesOn() throws Exception {
    List<AudioChunk> chunks = Calls.leg(call, 0, 5);
    send(chunks.subList(0, 20));
    KAFKA.topics().sendRaw("call-audio", call, "poison".getBytes(StandardCharsets.UTF_8));
    AudioChunk lie = AudioChunk.newBuilder(chunks.get(20)).setSampleRate(48_000).build();
    send(List.of(lie), chunks.subList(20, chunks.size()));

    try (Embedder embedder = start(new FakeModel(), Map.of());
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS);
        TopicReader<byte[]> letters = KAFKA.topics().read(Topics.CALL_AUDIO.dlq())) {
      List<ConsumerRecord<String, byte[]>> refused = letters.await(call, 2, DEADLINE);

      assertThat(refused.get(0).value()).isEqualTo("poison".getBytes(StandardCharsets.UTF_8));
      assertThat(header(refused.get(1), DeadLetters.REASON))
          .isEqualTo("48000 Hz in a leg of 8000 Hz");
      assertThat(values(reader.await(call, Calls.windows(5), DEADLINE)))
          .extracting(SpeechEmbedding::getWindowIndex)
          .containsExactly(0L, 1L, 2L, 3L);
      assertThat(embedder.isAlive()).isTrue();
    }
  }

  @Test
  void aSlowModelPausesPartitionsAndNothingIsLost() throws Exception {
    for (int i = 0; i < 6; i++) {
      send(Calls.leg(call + i, 0, 30));
    }
    CountDownLatch open = new CountDownLatch(1);
    FakeModel slow = new FakeModel(new Gate(open)::pass);

    try (Embedder embedder =
            start(
                slow,
                Map.of(
                    "voxtag.embedder.flow.high-water", "16",
                    "voxtag.embedder.flow.low-water", "4"));
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      await().atMost(DEADLINE).until(() -> gauge("voxtag.embedder.paused.partitions") > 0);
      assertThat(gauge("voxtag.embedder.windows.under.way")).isLessThanOrEqualTo(17);
      assertThat(embedder.isAlive()).isTrue();

      open.countDown();
      reader.await(record -> record.key().startsWith(call), 6 * Calls.windows(30), DEADLINE);
      await().atMost(DEADLINE).until(() -> gauge("voxtag.embedder.paused.partitions") == 0);
    }
    assertThat(fatal).hasValue(null);
  }

  @Test
  void asPartitionsMoveBetweenTwoEmbeddersEveryWindowIsMadeAndRepeatsAreTheSame() throws Exception {
    for (int i = 0; i < 24; i++) {
      send(Calls.leg(call + i, 0, 12));
    }

    try (Embedder first = start(new FakeModel(Gate.delay(5)), Map.of());
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      reader.await(record -> record.key().startsWith(call), 10, DEADLINE);
      try (Embedder second = start(new FakeModel(Gate.delay(5)), Map.of())) {
        await().atMost(DEADLINE).until(() -> second.partitions() > 0 && first.partitions() > 0);
      }
      await().atMost(DEADLINE).until(() -> first.partitions() == Topics.CALL_AUDIO.partitions());

      reader.awaitUntil(
          record -> record.key().startsWith(call),
          records -> distinct(records).size() == 24 * Calls.windows(12),
          "all windows",
          DEADLINE);
    }
    assertThat(fatal).hasValue(null);
  }

  @Test
  void aModelThatBreaksEndsTheEmbedderVisiblyAndNothingIsSkipped() throws Exception {
    int[] calls = {0};
    FakeModel breaking =
        new FakeModel(
            windows -> {
              if (++calls[0] > 2) {
                throw new IllegalStateException("device lost");
              }
              return windows;
            });
    send(Calls.leg(call, 0, 30));

    try (Embedder embedder = start(breaking, Map.of("voxtag.embedder.batch.size", "1"))) {
      await().atMost(DEADLINE).until(() -> fatal.get() != null);
      assertThat(fatal.get()).hasRootCauseMessage("device lost");
      assertThat(embedder.modelVersion()).isEqualTo("fake-1");
    }
    fatal.set(null);
    try (Embedder embedder = start(new FakeModel(), Map.of());
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      reader.awaitUntil(
          record -> record.key().equals(call),
          records -> distinct(records).size() == Calls.windows(30),
          "all windows",
          DEADLINE);
      assertThat(embedder.isAlive()).isTrue();
    }
  }

  private Embedder start(FakeModel model, Map<String, String> changes) throws Exception {
    Map<String, String> settings = new HashMap<>(changes);
    settings.put("voxtag.embedder.group-id", group);
    settings.put("voxtag.embedder.enrollment.group-id", group + "-enrollments");
    settings.put("voxtag.embedder.commit-interval", "PT0.2S");
    return Embedder.start(
        TestSettings.with(settings),
        KafkaConnection.to(KAFKA.bootstrapServers()),
        () -> model,
        registry,
        fatal::set);
  }

  @SafeVarargs
  private static void send(List<AudioChunk>... legs) {
    List<AudioChunk> chunks = new ArrayList<>();
    int longest = 0;
    for (List<AudioChunk> leg : legs) {
      longest = Math.max(longest, leg.size());
    }
    if (legs.length == 2 && legs[0].get(0).getChannel() != legs[1].get(0).getChannel()) {
      for (int i = 0; i < longest; i++) {
        for (List<AudioChunk> leg : legs) {
          if (i < leg.size()) {
            chunks.add(leg.get(i));
          }
        }
      }
    } else {
      for (List<AudioChunk> leg : legs) {
        chunks.addAll(leg);
      }
    }
    chunks.forEach(chunk -> KAFKA.topics().send(Topics.CALL_AUDIO, chunk.getCallId(), chunk));
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  /** Windows by name, as text: records with NaN in them are not equal to themselves. */
  static Map<String, String> distinct(List<ConsumerRecord<String, SpeechEmbedding>> records) {
    Map<String, String> windows = new HashMap<>();
    for (SpeechEmbedding window : values(records)) {
      String key = window.getCallId() + "/" + window.getChannel() + "/" + window.getWindowIndex();
      String before = windows.putIfAbsent(key, window.toString());
      if (before != null) {
        assertThat(window).as("made again, " + key).hasToString(before);
      }
    }
    return windows;
  }

  private static List<SpeechEmbedding> values(
      List<ConsumerRecord<String, SpeechEmbedding>> records) {
    return records.stream().map(ConsumerRecord::value).toList();
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
