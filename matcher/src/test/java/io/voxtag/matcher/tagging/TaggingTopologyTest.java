package io.voxtag.matcher.tagging;

import static io.voxtag.matcher.TestEvents.MODEL;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.voice;
import static io.voxtag.matcher.TestEvents.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.matcher.IndexedSpace;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.TestModels;
import io.voxtag.matcher.streams.StreamsSettings;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.SchemaRegistryException;
import io.voxtag.scoring.VoiceprintIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaggingTopologyTest {

  private static final String OTHER = "test-2";
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

  private boolean registryAway;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MatcherMetrics metrics = new MatcherMetrics(meters);
  private final VoiceprintIndex index = new VoiceprintIndex(MODEL.embeddingSize());
  private final IndexedSpace other = IndexedSpace.of(OTHER);
  private final TestModels models = new TestModels(Set.of(), new IndexedSpace(MODEL, index), other);
  private final TopologyTestDriver driver =
      new TopologyTestDriver(
          new TaggingTopology(this::serde, models, TIME_TO_LIVE, metrics, Clock.systemUTC())
              .build(),
          new StreamsSettings(
                  KafkaConnection.to("nowhere:9092"),
                  "tagging-test",
                  1,
                  Optional.empty(),
                  Topics.SPEECH_EMBEDDINGS,
                  Topics.SPEAKER_TAGS)
              .properties(metrics));
  private final TestInputTopic<String, SpeechEmbedding> embeddings =
      driver.createInputTopic(
          Topics.SPEECH_EMBEDDINGS.name(),
          new StringSerializer(),
          EventSerdes.singleObject().of(Topics.SPEECH_EMBEDDINGS).serializer());
  private final TestOutputTopic<String, SpeakerTag> tags =
      driver.createOutputTopic(
          Topics.SPEAKER_TAGS.name(),
          new StringDeserializer(),
          EventSerdes.singleObject().of(Topics.SPEAKER_TAGS).deserializer());
  private final TestOutputTopic<String, byte[]> deadLetters =
      driver.createOutputTopic(
          Topics.SPEECH_EMBEDDINGS.dlq().name(),
          new StringDeserializer(),
          new ByteArrayDeserializer());

  @BeforeEach
  void enrol() {
    index.replaceAll(Map.of("ann", voice("ann"), "bob", voice("bob")), "17-0");
    other
        .index()
        .replaceAll(
            Map.of(
                "ann", TestModels.recording(OTHER, "ann", 0),
                // Near what ann is like under the other version.
                "carl", voice("ann")),
            "4-0");
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void aWindowGetsATagThatSaysWhoSpeaksAndHowThatIsKnown() {
    // given
    SpeechEmbedding window = window("call-1", 1, 0, recording("ann", 1));
    SpeechEmbedding next = window("call-1", 1, 1, recording("ann", 2));

    // when
    send(window);
    send(next);

    // then
    SpeakerTag first = tags.readValue();
    assertThat(first.getCallId()).isEqualTo("call-1");
    assertThat(first.getChannel()).isEqualTo(1);
    assertThat(first.getStreamId()).isEqualTo("stream-1");
    assertThat(first.getState()).isEqualTo(TagState.IDENTIFIED);
    assertThat(first.getStage()).isEqualTo(TagStage.PROVISIONAL);
    assertThat(first.getSpeakerId()).isEqualTo("ann");
    assertThat(first.getScore()).isGreaterThan(0.8f);
    assertThat(first.getCandidates()).hasSize(2);
    assertThat(first.getModelVersion()).isEqualTo(MODEL.version());
    assertThat(first.getRegistryVersion()).isEqualTo("17-0");
    assertThat(first.getCapturedAt()).isEqualTo(window.getCapturedAt());
    assertThat(first.getLatencyMs()).isBetween(0, 60_000);
    TestRecord<String, SpeakerTag> second = tags.readRecord();
    assertThat(second.key()).isEqualTo("call-1");
    assertThat(second.value().getStage()).isEqualTo(TagStage.CONFIRMED);
    assertThat(second.value().getWindowIndex()).isEqualTo(1);
    assertThat(second.value().getSinceMs()).isZero();
    assertThat(count("tags", "state", "identified")).isEqualTo(2);
    assertThat(meters.get("voxtag.matcher.margin").tag("model", MODEL.version()).summary().count())
        .isEqualTo(2);
    // 2.5 s in the first window, and a third of as much in what the second one adds to it.
    assertThat(
            meters
                .get("voxtag.matcher.speech.to.decision")
                .tag("state", "identified")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(3333);
  }

  @Test
  void aWindowThatComesAgainIsNotTaggedAgain() {
    // given
    send(window("call-1", 0, 0, recording("ann", 1)));
    send(window("call-1", 0, 1, recording("ann", 2)));
    tags.readValuesToList();

    // when
    send(window("call-1", 0, 0, recording("ann", 1)));
    send(window("call-1", 0, 1, recording("ann", 2)));
    send(window("call-1", 0, 2, recording("ann", 3)));

    // then
    assertThat(tags.readValuesToList()).extracting(SpeakerTag::getWindowIndex).containsExactly(2L);
    assertThat(meters.counter("voxtag.matcher.windows.repeated").count()).isEqualTo(2);
  }

  @Test
  void afterItsLastWindowALegIsRememberedJustEnoughToNoticeAReplay() {
    // given
    SpeechEmbedding last = last(window("call-1", 0, 1, recording("ann", 2)));
    send(window("call-1", 0, 0, recording("ann", 1)));
    send(last);
    tags.readValuesToList();

    // when
    send(last);

    // then
    assertThat(tags.isEmpty()).isTrue();
    byte[] stored = driver.<String, byte[]>getKeyValueStore("legs").get(legKey("call-1"));
    assertThat(StoredLeg.read(stored).state()).isEmpty();
  }

  @Test
  void theLastTagOfALegSaysSo() {
    // when
    send(last(window("call-1", 0, 0, null)));

    // then
    assertThat(tags.readValue().getLast()).isTrue();
  }

  @Test
  void aNewStreamUnderAnOldCallIdStartsAfresh() {
    // given
    send(window("call-1", 0, 0, recording("stranger", 1)));
    send(window("call-1", 0, 1, recording("stranger", 2)));
    tags.readValuesToList();

    // when
    SpeechEmbedding other = window("call-1", 0, 0, recording("other stranger", 1));
    send(SpeechEmbedding.newBuilder(other).setStreamId("stream-2").build());

    // then
    SpeakerTag tag = tags.readValue();
    assertThat(tag.getSpeakerId()).isEqualTo("unknown-1");
    assertThat(tag.getStage()).isEqualTo(TagStage.PROVISIONAL);
  }

  @Test
  void whatACallIsToldDoesNotDependOnOtherCallsAndLegs() {
    // given
    List<SpeechEmbedding> alone =
        List.of(
            window("call-1", 0, 0, recording("ann", 1)),
            window("call-1", 0, 1, recording("stranger", 2)),
            window("call-1", 0, 2, recording("stranger", 3)));
    alone.forEach(this::send);
    List<SpeakerTag> expected = tags.readValuesToList();

    // when
    for (int i = 0; i < 3; i++) {
      send(window("call-2", 1, i, recording("bob", 20 + i)));
      SpeechEmbedding same = alone.get(i);
      send(SpeechEmbedding.newBuilder(same).setCallId("call-2").build());
      send(window("call-3", 0, i, recording("other stranger", 30 + i)));
    }

    // then
    List<SpeakerTag> found =
        tags.readValuesToList().stream()
            .filter(tag -> tag.getCallId().equals("call-2") && tag.getChannel() == 0)
            .map(tag -> SpeakerTag.newBuilder(tag).setCallId("call-1").build())
            .toList();
    assertThat(found)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("latencyMs")
        .isEqualTo(expected);
  }

  @Test
  void silenceGetsATagWithoutASpeaker() {
    // when
    send(window("call-1", 0, 0, null));

    // then
    SpeakerTag tag = tags.readValue();
    assertThat(tag.getState()).isEqualTo(TagState.INSUFFICIENT_SPEECH);
    assertThat(tag.getSpeakerId()).isNull();
    assertThat(tag.getScore()).isNull();
  }

  @Test
  void anIdleLegIsForgottenInStreamTime() {
    // given
    Instant start = Instant.now().minus(Duration.ofHours(1));
    embeddings.pipeInput("call-1", window("call-1", 0, 0, recording("ann", 1)), start);
    assertThat(driver.getKeyValueStore("legs").get(legKey("call-1"))).isNotNull();

    // when
    Instant later = start.plus(TIME_TO_LIVE).plus(Duration.ofMinutes(2));
    embeddings.pipeInput("call-2", window("call-2", 0, 0, recording("ann", 1)), later);

    // then
    assertThat(driver.getKeyValueStore("legs").get(legKey("call-1"))).isNull();
    assertThat(driver.getKeyValueStore("legs").get(legKey("call-2"))).isNotNull();
  }

  @Test
  void windowsThatComeAgainAfterALongOutageAreNotTaggedAgain() {
    // given: windows with the times of their audio, and an outage longer than legs are remembered
    Instant start = Instant.now().minus(TIME_TO_LIVE.multipliedBy(3));
    List<SpeechEmbedding> before =
        List.of(
            window("call-1", 0, 0, recording("ann", 1)),
            window("call-1", 0, 1, recording("ann", 2)));
    before.forEach(window -> embeddings.pipeInput("call-1", window, start));
    tags.readValuesToList();

    // when
    before.forEach(window -> embeddings.pipeInput("call-1", window, start));
    Instant after = start.plus(TIME_TO_LIVE.multipliedBy(2));
    embeddings.pipeInput("call-2", window("call-2", 0, 0, recording("ann", 1)), after);

    // then
    assertThat(tags.readValuesToList()).extracting(SpeakerTag::getCallId).containsExactly("call-2");
  }

  @Test
  void aLegWhoseWindowsComeAgainIsNotForgottenBetweenThem() {
    // given
    Instant start = Instant.now().minus(TIME_TO_LIVE.multipliedBy(3));
    SpeechEmbedding window = window("call-1", 0, 0, recording("ann", 1));
    embeddings.pipeInput("call-1", window, start);
    Instant later = start.plus(TIME_TO_LIVE).minus(Duration.ofMinutes(2));
    embeddings.pipeInput("call-1", window, later);
    tags.readValuesToList();

    // when
    Instant muchLater = start.plus(TIME_TO_LIVE).plus(Duration.ofMinutes(2));
    embeddings.pipeInput("call-2", window("call-2", 0, 0, recording("ann", 1)), muchLater);
    embeddings.pipeInput("call-1", window, muchLater);

    // then
    assertThat(tags.readValuesToList()).extracting(SpeakerTag::getCallId).containsExactly("call-2");
  }

  @Test
  void oneClockThatIsFarAheadDoesNotMakeOtherLegsIdle() {
    // given
    send(window("call-1", 0, 0, recording("ann", 1)));

    // when
    Instant ahead = Instant.now().plus(Duration.ofDays(4000));
    embeddings.pipeInput("call-2", window("call-2", 0, 0, recording("ann", 1)), ahead);
    send(window("call-3", 0, 0, recording("ann", 1)));

    // then
    assertThat(driver.getKeyValueStore("legs").get(legKey("call-1"))).isNotNull();
  }

  @Test
  void aSchemaRegistryThatIsAwaySetsNothingAside() {
    // given
    SpeechEmbedding window = window("call-1", 0, 0, recording("ann", 1));
    registryAway = true;

    // when
    assertThatThrownBy(() -> send(window))
        .isInstanceOf(StreamsException.class)
        .hasRootCauseMessage("away");

    // then
    assertThat(deadLetters.isEmpty()).isTrue();
    assertThat(tags.isEmpty()).isTrue();
  }

  @Test
  void aVectorThatMustNotBeComparedIsSetAsideAndTheLegGoesOn() {
    // given
    SpeechEmbedding right = window("call-1", 0, 0, recording("ann", 1));
    float[] vector = recording("ann", 1);
    float[] infinite = vector.clone();
    infinite[3] = Float.POSITIVE_INFINITY;
    float[] doubled = vector.clone();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }

    // when
    send(SpeechEmbedding.newBuilder(right).setModelVersion("test-0").build());
    send(SpeechEmbedding.newBuilder(right).setVector(Vectors.encode(new float[3])).build());
    send(SpeechEmbedding.newBuilder(right).setVector(Vectors.encode(infinite)).build());
    send(SpeechEmbedding.newBuilder(right).setVector(Vectors.encode(doubled)).build());
    send(SpeechEmbedding.newBuilder(right).setWindowIndex(-1).build());
    embeddings.pipeInput("another key", right);
    embeddings.pipeInput("call-1", null);
    send(window("call-1", 0, 1, recording("ann", 2)));

    // then
    assertThat(tags.readValuesToList()).extracting(SpeakerTag::getWindowIndex).containsExactly(1L);
    List<TestRecord<String, byte[]>> letters = deadLetters.readRecordsToList();
    assertThat(letters)
        .extracting(TaggingTopologyTest::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("test-0").contains("test-1"),
            reason -> assertThat(reason).contains("12 bytes").contains("128"),
            reason -> assertThat(reason).contains("Infinity at position 3"),
            reason -> assertThat(reason).contains("has length 2.0"),
            reason -> assertThat(reason).contains("Window -1"),
            reason -> assertThat(reason).contains("another key"),
            reason -> assertThat(reason).contains("no value"));
    assertThat(count("dead.letters", "topic", Topics.SPEECH_EMBEDDINGS.dlq().name())).isEqualTo(7);
  }

  @Test
  void whereTheVersionChangesTheLegStartsAfreshInTheSpaceOfTheNewOne() {
    // when: a promotion, and a way back
    send(window("call-1", 0, 0, recording("ann", 1)));
    send(window("call-1", 0, 1, recording("ann", 2)));
    send(TestModels.window(OTHER, "call-1", 2, "ann"));
    send(TestModels.window(OTHER, "call-1", 3, "ann"));
    send(window("call-1", 0, 4, recording("ann", 3)));

    // then
    List<SpeakerTag> found = tags.readValuesToList();
    assertThat(found).extracting(SpeakerTag::getSpeakerId).containsOnly("ann");
    assertThat(found)
        .extracting(SpeakerTag::getModelVersion)
        .containsExactly("test-1", "test-1", OTHER, OTHER, "test-1");
    assertThat(found)
        .extracting(SpeakerTag::getRegistryVersion)
        .containsExactly("17-0", "17-0", "4-0", "4-0", "17-0");
    assertThat(found)
        .extracting(SpeakerTag::getStage)
        .containsExactly(
            TagStage.PROVISIONAL,
            TagStage.CONFIRMED,
            TagStage.PROVISIONAL,
            TagStage.CONFIRMED,
            TagStage.PROVISIONAL);
    assertThat(found.get(3).getSinceMs()).isEqualTo(2000);
    assertThat(meters.get("voxtag.matcher.tags").tag("model", OTHER).counter().count())
        .isEqualTo(2);
    assertThat(meters.get("voxtag.matcher.score").tag("model", OTHER).summary().count())
        .isEqualTo(2);
  }

  @Test
  void aWindowIsTaggedOnceWhicheverVersionComesFirst() {
    // when
    send(TestModels.window(OTHER, "call-1", 0, "ann"));
    send(window("call-1", 0, 0, recording("ann", 1)));

    // then
    assertThat(tags.readValuesToList())
        .extracting(SpeakerTag::getModelVersion)
        .containsExactly(OTHER);
  }

  @Test
  void silenceIsTaggedWhateverModelWasThereWithoutWaitingForIt() {
    // given
    SpeechEmbedding silence = window("call-1", 0, 0, null);

    // when
    send(SpeechEmbedding.newBuilder(silence).setModelVersion("test-3").build());

    // then
    SpeakerTag tag = tags.readValue();
    assertThat(tag.getState()).isEqualTo(TagState.INSUFFICIENT_SPEECH);
    assertThat(tag.getModelVersion()).isEqualTo("test-3");
    assertThat(models.waitedFor()).isEmpty();
  }

  @Test
  void aVersionThatDoesNotComeIsNamedWithThoseThatAreThere() {
    // when
    send(TestModels.window("test-3", "call-1", 0, "ann"));
    send(TestModels.window(OTHER, "call-1", 1, "ann"));

    // then
    assertThat(models.waitedFor()).containsExactly("test-3", OTHER);
    assertThat(tags.readValue().getWindowIndex()).isEqualTo(1);
    assertThat(reason(deadLetters.readRecord()))
        .contains("test-3")
        .contains("known here are test-1, test-2");
  }

  /** Without a registry, but as one that may be away. */
  private <V> Serde<V> serde(Topic<V> topic) {
    Serde<V> serde = EventSerdes.singleObject().of(topic);
    return Serdes.serdeFrom(
        serde.serializer(),
        (name, bytes) -> {
          if (registryAway) {
            throw new SchemaRegistryException("A schema is missing", new IOException("away"));
          }
          return serde.deserializer().deserialize(name, bytes);
        });
  }

  private void send(SpeechEmbedding embedding) {
    embeddings.pipeInput(embedding.getCallId(), embedding);
  }

  private static SpeechEmbedding last(SpeechEmbedding embedding) {
    return SpeechEmbedding.newBuilder(embedding).setLast(true).build();
  }

  private static String legKey(String callId) {
    return StoredLeg.key(callId, 0, "stream-1");
  }

  private double count(String name, String tag, String value) {
    return meters.get("voxtag.matcher." + name).tag(tag, value).counter().count();
  }

  private static String reason(TestRecord<String, byte[]> letter) {
    return header(letter, DeadLetters.REASON);
  }

  private static String header(TestRecord<String, byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
