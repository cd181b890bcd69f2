package io.voxtag.matcher;

import static io.voxtag.matcher.TestModels.enrollment;
import static io.voxtag.matcher.TestModels.key;
import static io.voxtag.matcher.TestModels.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.matcher.registry.UtteranceMetadata;
import io.voxtag.modelstore.StoredBundle;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.RedisResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A matcher through upgrades of the model, with a broker, a Redis and a store of bundles. */
class ModelUpgradeIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();
  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  @TempDir static Path folder;

  private static final AtomicReference<Throwable> FATAL = new AtomicReference<>();
  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
  private static GatedStore store;
  private static Matcher matcher;

  // Each test has a version in service and a next one, besides those of the tests before.
  private final String one = TestTopics.unique("one");
  private final String two = TestTopics.unique("two");
  private final String ann = TestTopics.unique("ann");
  private final String call = TestTopics.unique("call");
  private TestTopics topics;
  private TopicReader<SpeakerTag> tags;
  private TopicReader<EnrollmentResult> results;
  private RegistryConnection redis;
  private SpeakerRegistry registry;

  @BeforeAll
  static void startMatcher() throws InterruptedException {
    store = new GatedStore(folder);
    matcher =
        Matcher.start(
            new TestSettings(
                TestTopics.unique("matcher"), URI.create(REDIS.url()), Optional.empty()),
            KafkaConnection.to(KAFKA.bootstrapServers()),
            TestEvents.MODEL,
            Optional.of(store),
            METERS,
            FATAL::set);
    await().atMost(DEADLINE).until(matcher::isRunning);
  }

  @AfterAll
  static void stopMatcher() {
    matcher.close();
    store.close();
    assertThat(FATAL).hasValue(null);
  }

  @BeforeEach
  void connect() throws IOException {
    topics = KAFKA.topics();
    tags = topics.readNew(Topics.SPEAKER_TAGS);
    results = topics.readNew(Topics.ENROLLMENT_RESULTS);
    redis = RegistryConnection.to(URI.create(REDIS.url()));
    registry = new SpeakerRegistry(redis);
    announce(one, ModelStatus.ACTIVE);
    awaitLoaded(one);
  }

  @AfterEach
  void disconnect() {
    tags.close();
    results.close();
    redis.close();
  }

  @Test
  void aCallGoesOnThroughAPromotionAndTheWayBack() throws IOException {
    // given
    assertThat(enrol(key(one, ann, "1"), ann)).isEqualTo(EnrollmentOutcome.ACCEPTED);
    announce(two, ModelStatus.CANDIDATE);
    assertThat(enrol(key(two, ann, "1"), ann)).isEqualTo(EnrollmentOutcome.ACCEPTED);
    announce(two, ModelStatus.READY);
    awaitKnown(one, ann);
    awaitKnown(two, ann);

    // when
    send(one, 0, 1);
    announce(two, ModelStatus.ACTIVE);
    send(two, 2, 3);
    await().atMost(DEADLINE).until(() -> matcher.activeVersion().equals(two));
    double promoted = METERS.get("voxtag.matcher.model.active").tag("model", two).gauge().value();
    announce(one, ModelStatus.ACTIVE);
    send(one, 4);

    // then
    List<SpeakerTag> found = tagsOfCall(5);
    assertThat(found).extracting(SpeakerTag::getWindowIndex).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(found).extracting(SpeakerTag::getSpeakerId).containsOnly(ann);
    assertThat(found)
        .extracting(SpeakerTag::getModelVersion)
        .containsExactly(one, one, two, two, one);
    assertThat(found)
        .extracting(SpeakerTag::getStage)
        .containsExactly(
            TagStage.PROVISIONAL,
            TagStage.CONFIRMED,
            TagStage.PROVISIONAL,
            TagStage.CONFIRMED,
            TagStage.PROVISIONAL);
    assertThat(found.get(2).getRegistryVersion())
        .isEqualTo(matcher.loaded().get(two).voiceprints().version());
    assertThat(promoted).isEqualTo(1);
    await().atMost(DEADLINE).until(() -> matcher.activeVersion().equals(one));
    assertThat(matcher.models().active().model().version()).isEqualTo(one);
    assertThat(METERS.get("voxtag.matcher.speakers").tag("model", two).gauge().value())
        .isEqualTo(1);
  }

  @Test
  void anUpgradeTakesNobodyAwayAndDecidesOnWhatIsNewByItself() throws IOException {
    // given
    String bob = TestTopics.unique("bob");
    enrol(key(one, ann, "1"), ann);
    enrol(key(one, bob, "1"), bob);

    // when: the next version cannot tell the two apart
    announce(two, ModelStatus.CANDIDATE);
    EnrollmentOutcome first = enrol(key(two, ann, "1"), ann);
    EnrollmentOutcome alike = enrol(key(two, bob, "1"), ann);
    EnrollmentOutcome again = enrol(key(two, TestTopics.unique("carl"), "1"), ann);

    // then
    assertThat(first).isEqualTo(EnrollmentOutcome.ACCEPTED);
    assertThat(alike).isEqualTo(EnrollmentOutcome.ACCEPTED);
    assertThat(again).isEqualTo(EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
    assertThat(registry.speakerIds(two)).containsExactlyInAnyOrder(ann, bob);
  }

  @Test
  void anErasureDuringAMigrationRemovesFromBothSpaces() throws IOException {
    // given
    enrol(key(one, ann, "1"), ann);
    announce(two, ModelStatus.CANDIDATE);
    enrol(key(two, ann, "1"), ann);
    awaitKnown(one, ann);
    awaitKnown(two, ann);

    // when
    topics.send(Topics.ENROLLMENT_EMBEDDINGS, key(one, ann, "1").encode(), null);

    // then
    List<ConsumerRecord<String, EnrollmentResult>> answers =
        results.await(key(one, ann, "1").enrollment().encode(), 3, DEADLINE);
    assertThat(answers.get(2).value().getOutcome()).isEqualTo(EnrollmentOutcome.ERASED);
    assertThat(registry.recordings(ann)).isEmpty();
    await().atMost(DEADLINE).until(() -> !knows(one, ann) && !knows(two, ann));
  }

  @Test
  void aVersionThatWasJustPromotedIsWaitedForWithItsVoices() throws IOException {
    // given: the embedder is faster than this matcher
    new RegistryWriter(redis)
        .put(
            key(two, ann, "1"),
            TestModels.recording(two, ann, 7),
            new UtteranceMetadata("consent", null, 1, 8000, 20, 1));
    store.shut();

    // when
    announce(two, ModelStatus.ACTIVE);
    send(two, 0);
    store.awaitAsked();
    store.open();

    // then
    assertThat(tagsOfCall(1).get(0).getSpeakerId()).isEqualTo(ann);
  }

  @Test
  void aVersionThatNobodyAnnouncedIsSetAsideAndTheCallGoesOn() {
    // when
    send(two, 0);
    send(one, 1);

    // then
    assertThat(tagsOfCall(1).get(0).getWindowIndex()).isEqualTo(1);
    try (TopicReader<byte[]> letters = topics.read(Topics.SPEECH_EMBEDDINGS.dlq())) {
      ConsumerRecord<String, byte[]> letter = letters.await(call, 1, DEADLINE).get(0);
      assertThat(
              new String(
                  letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8))
          .contains(two)
          .contains("known here are")
          .contains(one);
    }
  }

  @Test
  void whatWaitedLongerThanTheGraceIsScoredUnderItsOwnVersion() throws IOException {
    // given: two promotions ago, so that nothing keeps it in memory
    enrol(key(one, ann, "1"), ann);
    Instant longAgo = Instant.now().minus(Duration.ofHours(2));
    write(version(two, ModelStatus.ACTIVE).setAt(longAgo).build());
    awaitLoaded(two);
    await().atMost(DEADLINE).until(() -> !matcher.loaded().containsKey(one));

    // when
    send(one, 0);

    // then
    assertThat(tagsOfCall(1).get(0).getSpeakerId()).isEqualTo(ann);
    assertThat(matcher.loaded()).containsKey(one);
  }

  @Test
  void aCandidateThatCannotBeUsedIsRejectedWithTheReason() throws IOException {
    // given
    StoredBundle bundle =
        store.put(TestBundle.write(folder.resolve(two), two, "\"embeddingSize\": 32"));

    // when
    write(
        ModelVersion.newBuilder()
            .setVersion(two)
            .setStatus(ModelStatus.CANDIDATE)
            .setBundleUri(bundle.uri().toString())
            .setBundleSha256(bundle.sha256())
            .setAt(Instant.now())
            .build());

    // then
    try (TopicReader<ModelVersion> versions = topics.read(Topics.MODEL_VERSIONS)) {
      ModelVersion answer = versions.await(two, 2, DEADLINE).get(1).value();
      assertThat(answer.getStatus()).isEqualTo(ModelStatus.REJECTED);
      assertThat(answer.getDetail()).contains("no decision");
    }
    send(one, 0);
    assertThat(tagsOfCall(1).get(0).getModelVersion()).isEqualTo(one);
  }

  @Test
  void aVersionOnItsWayIsComparedWithoutChangingATag() throws IOException {
    // given
    enrol(key(one, ann, "1"), ann);
    announce(two, ModelStatus.READY);
    awaitLoaded(two);
    long[] window = {0};

    // when: until the comparison, which begins with what comes then, has begun
    await()
        .atMost(DEADLINE)
        .until(
            () -> {
              long index = window[0]++;
              topics.send(Topics.SHADOW_EMBEDDINGS, call, window(two, call, index, ann));
              topics.send(Topics.SPEECH_EMBEDDINGS, call, window(one, call, index, ann));
              return METERS
                      .find("voxtag.matcher.shadow.windows")
                      .tags("model", two, "outcome", "known-to-unknown")
                      .counter()
                  != null;
            });

    // then
    assertThat(tagsOfCall((int) window[0]))
        .hasSize((int) window[0])
        .allSatisfy(tag -> assertThat(tag.getModelVersion()).isEqualTo(one))
        .allSatisfy(tag -> assertThat(tag.getSpeakerId()).isEqualTo(ann));
  }

  private ModelVersion.Builder version(String version, ModelStatus status) throws IOException {
    StoredBundle bundle =
        store.put(
            TestBundle.write(
                folder.resolve(version),
                version,
                "\"embeddingSize\": 32, \"decision\": {\"threshold\": 0.4}"));
    return ModelVersion.newBuilder()
        .setVersion(version)
        .setStatus(status)
        .setBundleUri(bundle.uri().toString())
        .setBundleSha256(bundle.sha256())
        .setAt(Instant.now());
  }

  private void announce(String version, ModelStatus status) throws IOException {
    write(version(version, status).build());
  }

  private void write(ModelVersion version) {
    topics.send(Topics.MODEL_VERSIONS, version.getVersion(), version);
  }

  private EnrollmentOutcome enrol(EnrollmentEmbeddingKey key, String voice) {
    topics.send(Topics.ENROLLMENT_EMBEDDINGS, key.encode(), enrollment(key, voice));
    return results
        .await(answer -> isAnswer(answer.value(), key), 1, DEADLINE)
        .get(0)
        .value()
        .getOutcome();
  }

  private static boolean isAnswer(EnrollmentResult answer, EnrollmentEmbeddingKey key) {
    return answer.getSpeakerId().equals(key.speakerId())
        && answer.getUtteranceId().equals(key.utteranceId())
        && answer.getModelVersion().equals(key.modelVersion());
  }

  private void send(String version, int... windows) {
    for (int index : windows) {
      topics.send(Topics.SPEECH_EMBEDDINGS, call, window(version, call, index, ann));
    }
  }

  private List<SpeakerTag> tagsOfCall(int count) {
    return tags.await(call, count, DEADLINE).stream().map(ConsumerRecord::value).toList();
  }

  private static void awaitLoaded(String version) {
    await().atMost(DEADLINE).until(() -> matcher.loaded().containsKey(version));
  }

  private static void awaitKnown(String version, String speaker) {
    await().atMost(DEADLINE).until(() -> knows(version, speaker));
  }

  private static boolean knows(String version, String speaker) {
    return matcher.loaded().containsKey(version)
        && matcher.loaded().get(version).voiceprints().voiceprint(speaker).isPresent();
  }
}
