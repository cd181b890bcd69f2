package io.voxtag.matcher.enrollment;

import static io.voxtag.matcher.TestEvents.MODEL;
import static io.voxtag.matcher.TestEvents.enrollment;
import static io.voxtag.matcher.TestEvents.key;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.voice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.TestModels;
import io.voxtag.matcher.model.FollowedSpace;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryFollower;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.matcher.registry.UtteranceMetadata;
import io.voxtag.matcher.streams.StreamsSettings;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.schemas.kafka.SourceOffset;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.testkit.RedisResource;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

/** The enrolment topology without a broker, with a Redis that goes away and comes back. */
class EnrollmentTopologyIT {

  private static final String NEXT = "test-2";
  private static final String CANDIDATE = "test-3";
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration SOON = Duration.ofSeconds(60);

  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MatcherMetrics metrics = new MatcherMetrics(meters);
  private final PendingGauge pending = new PendingGauge();
  private final List<EnrollmentResult> answers = new ArrayList<>();
  private RegistryConnection redis;
  private SpeakerRegistry registry;
  private RegistryFollower follower;
  private final List<RegistryFollower> followers = new ArrayList<>();
  private TopologyTestDriver driver;
  private TestInputTopic<String, EnrollmentEmbedding> enrollments;
  private TestOutputTopic<String, EnrollmentResult> results;
  private TestOutputTopic<String, EnrollmentEmbedding> erasures;

  @BeforeEach
  void start() throws InterruptedException {
    empty();
    redis = RegistryConnection.to(URI.create(REDIS.url()));
    registry = new SpeakerRegistry(redis);
    // The driver has one partition, so one task applies everything.
    TestModels models =
        new TestModels(Set.of(CANDIDATE), space(MODEL.version()), space(NEXT), space(CANDIDATE));
    follower = followers.get(0);
    driver =
        new TopologyTestDriver(
            new EnrollmentTopology(
                    EventSerdes.singleObject(),
                    models,
                    new Registry(new RegistryWriter(redis), registry),
                    pending,
                    RETRY,
                    metrics,
                    Clock.systemUTC())
                .build(),
            new StreamsSettings(
                    KafkaConnection.to("nowhere:9092"),
                    "enrollment-test",
                    1,
                    Optional.empty(),
                    Topics.ENROLLMENT_EMBEDDINGS,
                    Topics.ENROLLMENT_RESULTS)
                .properties(metrics));
    enrollments =
        driver.createInputTopic(
            Topics.ENROLLMENT_EMBEDDINGS.name(),
            new StringSerializer(),
            EventSerdes.singleObject().of(Topics.ENROLLMENT_EMBEDDINGS).serializer());
    results =
        driver.createOutputTopic(
            Topics.ENROLLMENT_RESULTS.name(),
            new StringDeserializer(),
            EventSerdes.singleObject().of(Topics.ENROLLMENT_RESULTS).deserializer());
    erasures =
        driver.createOutputTopic(
            Topics.ENROLLMENT_EMBEDDINGS.name(),
            new StringDeserializer(),
            EventSerdes.singleObject().of(Topics.ENROLLMENT_EMBEDDINGS).deserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
    followers.forEach(RegistryFollower::close);
    redis.close();
  }

  @Test
  void anAcceptedVoiceIsInTheRegistryAndInMemoryAndIsAnswered() {
    // when
    enrol("ann", "1", recording("ann", 1));
    enrol("ann", "2", recording("ann", 2));

    // then
    KeyValue<String, EnrollmentResult> first = results.readKeyValue();
    assertThat(first.key).isEqualTo(new EnrollmentKey("ann", "1").encode());
    assertThat(first.value.getOutcome()).isEqualTo(EnrollmentOutcome.ACCEPTED);
    assertThat(first.value.getModelVersion()).isEqualTo(MODEL.version());
    assertThat(first.value.getUtterances()).isEqualTo(1);
    assertThat(first.value.getNetSpeechMs()).isEqualTo(8000);
    assertThat(results.readValue().getUtterances()).isEqualTo(2);
    assertThat(follower.caughtUp().voiceprints().voiceprints()).containsOnlyKeys("ann");
    assertThat(registry.speakers(MODEL.version()).get(0).consentBasis())
        .isEqualTo("explicit consent");
  }

  @Test
  void theSameRecordingAgainIsAnsweredAndChangesNothing() {
    // given
    enrol("ann", "1", recording("ann", 1));
    String change = follower.caughtUp().lastChange();

    // when
    enrol("ann", "1", recording("ann", 1));

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .containsExactly(EnrollmentOutcome.ACCEPTED, EnrollmentOutcome.ACCEPTED);
    assertThat(follower.caughtUp().lastChange()).isEqualTo(change);
  }

  @Test
  void aVoiceThatDoesNotFitIsRefusedAndNotStored() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol("bob", "1", recording("bob", 1));

    // when
    enrol("ann", "2", voice("stranger"));
    enrol("carl", "1", recording("bob", 2));

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .endsWith(EnrollmentOutcome.NOT_THE_SAME_VOICE, EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
    assertThat(registry.utterances(MODEL.version(), "ann")).hasSize(1);
    assertThat(registry.speakerIds(MODEL.version())).containsExactlyInAnyOrder("ann", "bob");
  }

  @Test
  void aReasonOfTheEmbedderIsAnsweredWithHowMuchIsEnrolled() {
    // given
    enrol("ann", "1", recording("ann", 1));

    // when
    EnrollmentEmbeddingKey key = key("ann", "2");
    enrollments.pipeInput(
        key.encode(),
        EnrollmentEmbedding.newBuilder(enrollment(key, voice("ann")))
            .setOutcome(EmbeddingOutcome.TOO_NOISY)
            .setVector(null)
            .setDetail("3 dB")
            .build());

    // then
    results.readValue();
    EnrollmentResult result = results.readValue();
    assertThat(result.getOutcome()).isEqualTo(EnrollmentOutcome.TOO_NOISY);
    assertThat(result.getDetail()).isEqualTo("3 dB");
    assertThat(result.getUtterances()).isEqualTo(1);
  }

  @Test
  void aTombstoneErasesTheRecordingUnderEveryModelVersion() {
    // given
    EnrollmentEmbeddingKey other = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    enrol("ann", "1", recording("ann", 1));
    enrollments.pipeInput(other.encode(), enrollment(other, recording("ann", 1)));
    assertThat(registry.speakerIds("test-0")).containsExactly("ann");

    // when
    enrollments.pipeInput(key("ann", "1").encode(), null);

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .endsWith(EnrollmentOutcome.ERASED);
    assertThat(registry.recordings("ann")).isEmpty();
    assertThat(registry.speakerIds("test-0")).isEmpty();
    assertThat(follower.caughtUp().voiceprints().size()).isZero();
    assertThat(driver.getKeyValueStore(Facts.STORE).approximateNumEntries()).isZero();
  }

  @Test
  void anErasureErasesTheVectorsOfAllVersionsInTheTopicOnceAndAnswersOnce() {
    // given: one that was accepted, one that was refused, and another recording
    EnrollmentEmbeddingKey older = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    EnrollmentEmbeddingKey refused = new EnrollmentEmbeddingKey("ann", "1", "test-00");
    EnrollmentEmbeddingKey other = new EnrollmentEmbeddingKey("ann", "2", "test-0");
    enrol("ann", "1", recording("ann", 1));
    enrollments.pipeInput(older.encode(), enrollment(older, recording("ann", 1)));
    enrollments.pipeInput(
        refused.encode(),
        EnrollmentEmbedding.newBuilder(enrollment(refused, voice("ann"))).setConsent(null).build());
    enrollments.pipeInput(other.encode(), enrollment(other, recording("ann", 2)));
    results.readValuesToList();

    // when
    erase("ann", "1");
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    driver.advanceWallClockTime(Duration.ofMinutes(2));

    // then
    assertThat(erasures.readKeyValuesToList())
        .containsExactlyInAnyOrder(
            new KeyValue<>(older.encode(), null), new KeyValue<>(refused.encode(), null));
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .containsExactly(EnrollmentOutcome.ERASED);
    assertThat(registry.recordings("ann")).containsExactly(new EnrollmentKey("ann", "2"));
  }

  @Test
  void whatWasEnrolledAgainSinceAnErasureStays() {
    // given
    EnrollmentEmbeddingKey older = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    enrollments.pipeInput(older.encode(), enrollment(older, recording("ann", 1)));

    // when
    erase("ann", "1");
    enrollments.pipeInput(older.encode(), enrollment(older, recording("ann", 1)));
    driver.advanceWallClockTime(Duration.ofMinutes(2));

    // then
    assertThat(erasures.isEmpty()).isTrue();
    assertThat(registry.speakerIds("test-0")).containsExactly("ann");
  }

  @Test
  void anEmbedderThatIsBehindErasesNothingThatWasEnrolledSinceAlsoWhenRedisWasAway() {
    // given: enrolled, erased and enrolled again, as the version in service has it already
    EnrollmentEmbeddingKey behind = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    EnrollmentEmbeddingKey current = key("ann", "1");
    put(behind, recording("ann", 1), 3);
    put(current, recording("ann", 1), 3);
    eraseAt(current, 4);
    put(current, recording("ann", 2), 5);
    tick();
    results.readValuesToList();
    REDIS.server().stop();

    // when
    eraseAt(behind, 4);
    REDIS.server().start();
    tickUntilAnswered(1);
    driver.advanceWallClockTime(Duration.ofMinutes(2));

    // then
    assertThat(erasures.isEmpty()).isTrue();
    assertThat(registry.speakerIds("test-0")).isEmpty();
    assertThat(registry.speakerIds(MODEL.version())).containsExactly("ann");
    assertThat(driver.getKeyValueStore(Facts.STORE).get(current.encode())).isNotNull();
  }

  @Test
  void whatAnEmbedderThatIsBehindMakesOfAnErasedRecordingIsErasedToo() {
    // given
    EnrollmentEmbeddingKey behind = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    put(key("ann", "1"), recording("ann", 1), 3);
    eraseAt(key("ann", "1"), 4);
    results.readValuesToList();

    // when: it ends before it gets to the erasure
    put(behind, recording("ann", 1), 3);
    tick();

    // then
    assertThat(registry.speakerIds("test-0")).isEmpty();
    assertThat(results.isEmpty()).isTrue();
    assertThat(erasures.readKeyValuesToList())
        .containsExactly(new KeyValue<>(behind.encode(), null));
    put(behind, recording("ann", 2), 5);
    assertThat(registry.speakerIds("test-0")).containsExactly("ann");
  }

  private void put(EnrollmentEmbeddingKey key, float[] vector, long offset) {
    enrollments.pipeInput(
        new TestRecord<>(
            key.encode(),
            enrollment(key, vector),
            new RecordHeaders(List.of(SourceOffset.of(offset)))));
  }

  private void eraseAt(EnrollmentEmbeddingKey key, long offset) {
    enrollments.pipeInput(
        new TestRecord<>(key.encode(), null, new RecordHeaders(List.of(SourceOffset.of(offset)))));
  }

  @Test
  void aTombstoneOfAMatcherErasesTheOneVersionAloneWithoutAnAnswerAlsoWhenRedisWasAway() {
    // given: a replay may bring the vector after the erasure that the tombstone belongs to
    EnrollmentEmbeddingKey older = new EnrollmentEmbeddingKey("ann", "1", "test-0");
    enrol("ann", "1", recording("ann", 1));
    enrollments.pipeInput(older.encode(), enrollment(older, recording("ann", 1)));
    tick();
    results.readValuesToList();
    REDIS.server().stop();

    // when
    enrollments.pipeInput(
        new TestRecord<>(
            older.encode(), null, new RecordHeaders().add(EnrollmentProcessor.ALONE, new byte[0])));
    REDIS.server().start();
    await()
        .atMost(SOON)
        .until(
            () -> {
              tick();
              return pending.total() == 0;
            });

    // then
    assertThat(results.isEmpty()).isTrue();
    assertThat(registry.speakerIds("test-0")).isEmpty();
    assertThat(registry.speakerIds(MODEL.version())).containsExactly("ann");
  }

  @Test
  void whileRedisIsAwayEnrolmentsWaitAndAreAppliedInOrderWhenItIsBack() {
    // given
    enrol("ann", "1", recording("ann", 1));
    tick();
    results.readValuesToList();
    REDIS.server().stop();

    // when
    enrol("bob", "1", recording("bob", 1));
    enrol("ann", "2", recording("ann", 2));
    erase("ann", "1");
    enrol("bob", "2", voice("stranger"));
    tick();

    // then
    assertThat(results.isEmpty()).isTrue();
    assertThat(pending.total()).isEqualTo(4);
    assertThat(follower.voiceprints().voiceprints()).containsOnlyKeys("ann");

    // when
    REDIS.server().start();
    tickUntilAnswered(4);

    // then
    assertThat(answers)
        .extracting(EnrollmentResult::getOutcome)
        .containsExactly(
            EnrollmentOutcome.ACCEPTED,
            EnrollmentOutcome.ACCEPTED,
            EnrollmentOutcome.ERASED,
            EnrollmentOutcome.NOT_THE_SAME_VOICE);
    assertThat(pending.total()).isZero();
    assertThat(registry.recordings("ann")).containsExactly(new EnrollmentKey("ann", "2"));
    assertThat(registry.recordings("bob")).containsExactly(new EnrollmentKey("bob", "1"));
  }

  @Test
  void aRedisThatLostEverythingIsFilledAgainWhileMatchingGoesOnFromMemory() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol("ann", "2", recording("ann", 2));
    enrol("bob", "1", recording("bob", 1));
    tick();
    assertThat(follower.caughtUp().voiceprints().size()).isEqualTo(2);

    // when
    empty();

    // then
    assertThat(registry.speakerIds(MODEL.version())).isEmpty();
    assertThat(follower.voiceprints().size()).isEqualTo(2);

    // when
    tick();

    // then
    assertThat(registry.recordings("ann")).hasSize(2);
    assertThat(registry.recordings("bob")).hasSize(1);
    String last = follower.caughtUp().lastChange();
    await().atMost(SOON).until(() -> follower.voiceprints().version().equals(last));
    assertThat(follower.voiceprints().size()).isEqualTo(2);
  }

  @Test
  void aRedisThatForgotAnErasureDoesNotBringTheSpeakerBack() {
    // given: a speaker of the driver's one partition
    String erased =
        IntStream.range(0, 100)
            .mapToObj(i -> "erased-" + i)
            .filter(name -> SpeakerPartitioner.partition(name, EnrollmentTopology.PARTITIONS) == 0)
            .findFirst()
            .orElseThrow();
    enrol(erased, "1", recording("ann", 1));
    enrol("bob", "1", recording("bob", 1));
    tick();
    erase(erased, "1");

    // when: Redis comes back as it was before
    new RegistryWriter(redis)
        .put(key(erased, "1"), recording("ann", 1), new UtteranceMetadata("c", null, 1, 1, 1, 1));
    forgetEpoch();
    tick();

    // then
    assertThat(registry.speakerIds(MODEL.version())).containsExactly("bob");
  }

  @Test
  void aRecordThatCannotBeUsedIsSetAside() {
    // given
    EnrollmentEmbedding right = enrollment(key("ann", "1"), voice("ann"));

    // when
    enrollments.pipeInput("no key of this topic", right);
    enrollments.pipeInput(key("bob", "1").encode(), right);
    enrollments.pipeInput(
        key("ann", "1").encode(),
        EnrollmentEmbedding.newBuilder(right).setVector(Vectors.encode(new float[5])).build());
    enrol("ann", "1", voice("ann"));

    // then
    assertThat(results.readValuesToList()).hasSize(1);
    TestOutputTopic<String, byte[]> letters =
        driver.createOutputTopic(
            Topics.ENROLLMENT_EMBEDDINGS.dlq().name(),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    assertThat(letters.readKeyValuesToList())
        .extracting(letter -> letter.key)
        .containsExactly(
            "no key of this topic", key("bob", "1").encode(), key("ann", "1").encode());
  }

  @Test
  void anUpgradeTakesNobodyAwayWhateverTheNewVersionWouldSay() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol("ann", "2", recording("ann", 2));
    enrol("bob", "1", recording("bob", 1));

    // when: to the new version they all look the same, but for one recording
    enrol(TestModels.key(NEXT, "ann", "1"), "ann");
    enrol(TestModels.key(NEXT, "ann", "2"), "stranger");
    enrol(TestModels.key(NEXT, "bob", "1"), "ann");

    // then
    assertThat(results.readValuesToList())
        .hasSize(6)
        .extracting(EnrollmentResult::getOutcome)
        .containsOnly(EnrollmentOutcome.ACCEPTED);
    assertThat(registry.utterances(NEXT, "ann")).hasSize(2);
    assertThat(registry.utterances(NEXT, "bob")).hasSize(1);
  }

  @Test
  void whatWasNotAcceptedBeforeIsComparedWithinTheSpaceOfItsVersion() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol("ann", "2", recording("stranger", 2));
    enrol(TestModels.key(NEXT, "ann", "1"), "ann");
    results.readValuesToList();

    // when
    enrol(TestModels.key(NEXT, "ann", "2"), "stranger");
    enrol(TestModels.key(NEXT, "ann", "3"), "ann");
    enrol(TestModels.key(NEXT, "bob", "1"), "ann");

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .containsExactly(
            EnrollmentOutcome.NOT_THE_SAME_VOICE,
            EnrollmentOutcome.ACCEPTED,
            EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
  }

  @Test
  void anotherAudioUnderTheSameNameIsCompared() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol("ann", "2", recording("ann", 2));
    enrol(TestModels.key(NEXT, "ann", "1"), "ann");
    results.readValuesToList();

    // when
    EnrollmentEmbeddingKey key = TestModels.key(NEXT, "ann", "2");
    EnrollmentEmbedding other = TestModels.enrollment(key, "stranger");
    enrollments.pipeInput(
        key.encode(),
        EnrollmentEmbedding.newBuilder(other)
            .setRequestedAt(other.getRequestedAt().plusSeconds(1))
            .build());

    // then
    assertThat(results.readValue().getOutcome()).isEqualTo(EnrollmentOutcome.NOT_THE_SAME_VOICE);
  }

  @Test
  void whatACandidateAcceptsDoesNotDecideForTheVersionInService() {
    // given
    enrol("ann", "1", recording("ann", 1));
    enrol(TestModels.key(CANDIDATE, "bob", "1"), "bob");

    // when
    enrol("bob", "1", recording("ann", 2));

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .containsExactly(
            EnrollmentOutcome.ACCEPTED,
            EnrollmentOutcome.ACCEPTED,
            EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
  }

  @Test
  void whatNobodyDecidedOnIsKeptAndDecidesNothing() {
    // given: a version that is not known
    enrol("ann", "1", recording("ann", 1));
    enrol(TestModels.key("test-0", "bob", "1"), "bob");
    assertThat(registry.speakerIds("test-0")).containsExactly("bob");

    // when
    enrol("bob", "1", recording("ann", 2));

    // then
    assertThat(results.readValuesToList())
        .extracting(EnrollmentResult::getOutcome)
        .endsWith(EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
  }

  private FollowedSpace space(String version) throws InterruptedException {
    RegistryFollower following =
        new RegistryFollower(redis, version, new VoiceprintIndex(MODEL.embeddingSize()), 1);
    followers.add(following);
    following.start();
    assertThat(following.awaitLoaded(SOON)).isTrue();
    return new FollowedSpace(
        new ServedModel(version, MODEL.embeddingSize(), MODEL.decision()), following);
  }

  private void enrol(EnrollmentEmbeddingKey key, String voice) {
    enrollments.pipeInput(key.encode(), TestModels.enrollment(key, voice));
  }

  private void enrol(String speaker, String utterance, float[] vector) {
    EnrollmentEmbeddingKey key = key(speaker, utterance);
    enrollments.pipeInput(key.encode(), enrollment(key, vector));
  }

  private void erase(String speaker, String utterance) {
    @Nullable EnrollmentEmbedding tombstone = null;
    enrollments.pipeInput(key(speaker, utterance).encode(), tombstone);
  }

  private void tick() {
    driver.advanceWallClockTime(RETRY.multipliedBy(50));
  }

  private void tickUntilAnswered(int count) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              tick();
              answers.addAll(results.readValuesToList());
              return answers.size() >= count;
            });
  }

  private static void empty() {
    try (RedisClient client = RedisClient.create(URI.create(REDIS.url()))) {
      client.flushAll();
    }
  }

  private static void forgetEpoch() {
    try (RedisClient client = RedisClient.create(URI.create(REDIS.url()))) {
      client.del("{voxtag}:epoch");
    }
  }
}
