package io.voxtag.matcher;

import static io.voxtag.matcher.TestEvents.MODEL;
import static io.voxtag.matcher.TestEvents.enrollment;
import static io.voxtag.matcher.TestEvents.key;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.RedisResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Matchers with a broker and a Redis. */
class MatcherIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();
  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  private final String applicationId = TestTopics.unique("matcher");
  private final String speaker = TestTopics.unique("ann");
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final List<Matcher> matchers = new ArrayList<>();
  private TestTopics topics;
  private TopicReader<SpeakerTag> tags;
  private TopicReader<EnrollmentResult> results;

  @BeforeEach
  void start() throws InterruptedException {
    topics = KAFKA.topics();
    startMatcher();
    tags = topics.readNew(Topics.SPEAKER_TAGS);
    results = topics.readNew(Topics.ENROLLMENT_RESULTS);
  }

  @AfterEach
  void stop() {
    matchers.forEach(Matcher::close);
    assertThat(fatal).hasValue(null);
    tags.close();
    results.close();
  }

  @Test
  void anEnrolledSpeakerIsRecognisedAndAnErasedOneIsNot() {
    // when
    assertThat(enrol(speaker, "1", recording(speaker, 1)).getOutcome())
        .isEqualTo(EnrollmentOutcome.ACCEPTED);
    await().atMost(DEADLINE).until(() -> knows(matchers.get(0), speaker));

    // then
    SpeakerTag tag = tag(recording(speaker, 2));
    assertThat(tag.getSpeakerId()).isEqualTo(speaker);
    assertThat(tag.getRegistryVersion())
        .isEqualTo(matchers.get(0).models().active().voiceprints().version());

    // when
    topics.send(Topics.ENROLLMENT_EMBEDDINGS, key(speaker, "1").encode(), null);
    List<ConsumerRecord<String, EnrollmentResult>> answers =
        results.await(new EnrollmentKey(speaker, "1").encode(), 2, DEADLINE);
    await().atMost(DEADLINE).until(() -> !knows(matchers.get(0), speaker));

    // then
    assertThat(answers.get(1).value().getOutcome()).isEqualTo(EnrollmentOutcome.ERASED);
    assertThat(tag(recording(speaker, 3)).getSpeakerId()).isEqualTo("unknown-1");
  }

  @Test
  void recordsThatCannotBeReadAreSetAsideAndTheRestGoesOn() {
    // given
    byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
    String call = TestTopics.unique("call");

    // when
    topics.sendRaw(Topics.SPEECH_EMBEDDINGS.name(), call, poison);
    topics.sendRaw(Topics.ENROLLMENT_EMBEDDINGS.name(), call, poison);
    SpeechEmbedding foreign =
        SpeechEmbedding.newBuilder(window(call, 0, 0, recording("ann", 1)))
            .setModelVersion("another")
            .build();
    topics.send(Topics.SPEECH_EMBEDDINGS, call, foreign);

    // then
    assertThat(tag(recording("nobody", 1)).getSpeakerId()).isEqualTo("unknown-1");
    assertThat(enrol(speaker, "1", recording(speaker, 1)).getOutcome())
        .isEqualTo(EnrollmentOutcome.ACCEPTED);
    assertLetters(Topics.SPEECH_EMBEDDINGS, call, 2, poison);
    assertLetters(Topics.ENROLLMENT_EMBEDDINGS, call, 1, poison);
  }

  @Test
  void withoutRedisMatchingGoesOnAndEnrolmentsAreAnsweredAfterwards() {
    // given
    String later = TestTopics.unique("bob");
    enrol(speaker, "1", recording(speaker, 1));
    await().atMost(DEADLINE).until(() -> knows(matchers.get(0), speaker));
    REDIS.server().stop();

    // when
    EnrollmentEmbeddingKey key = key(later, "1");
    topics.send(Topics.ENROLLMENT_EMBEDDINGS, key.encode(), enrollment(key, recording(later, 1)));
    await().atMost(DEADLINE).until(() -> matchers.get(0).pendingEnrollments() == 1);

    // then
    assertThat(tag(recording(speaker, 2)).getSpeakerId()).isEqualTo(speaker);
    assertThat(matchers.get(0).isRedisUp()).isFalse();
    assertThat(matchers.get(0).isRunning()).isTrue();

    // when
    REDIS.server().start();

    // then
    EnrollmentResult answer = results.await(key.enrollment().encode(), 1, DEADLINE).get(0).value();
    assertThat(answer.getOutcome()).isEqualTo(EnrollmentOutcome.ACCEPTED);
    await().atMost(DEADLINE).until(() -> knows(matchers.get(0), later));
    assertThat(tag(recording(later, 2)).getSpeakerId()).isEqualTo(later);
  }

  @Test
  void twoMatchersShareTheCallsAndBothKnowEverySpeaker() throws InterruptedException {
    // given
    Matcher second = startMatcher();

    // when
    enrol(speaker, "1", recording(speaker, 1));
    await()
        .atMost(DEADLINE)
        .until(() -> matchers.stream().allMatch(matcher -> knows(matcher, speaker)));

    // then: over all partitions
    for (int i = 0; i < 24; i++) {
      assertThat(tag(recording(speaker, 10 + i)).getSpeakerId()).isEqualTo(speaker);
    }

    // when
    matchers.remove(second);
    second.close();

    // then
    for (int i = 0; i < 24; i++) {
      assertThat(tag(recording(speaker, 40 + i)).getSpeakerId()).isEqualTo(speaker);
    }
  }

  private Matcher startMatcher() throws InterruptedException {
    Matcher matcher =
        Matcher.start(
            new TestSettings(applicationId, URI.create(REDIS.url()), Optional.empty()),
            KafkaConnection.to(KAFKA.bootstrapServers()),
            MODEL,
            Optional.empty(),
            new SimpleMeterRegistry(),
            fatal::set);
    matchers.add(matcher);
    await().atMost(DEADLINE).until(() -> matchers.stream().allMatch(Matcher::isRunning));
    return matcher;
  }

  private EnrollmentResult enrol(String name, String utterance, float[] vector) {
    EnrollmentEmbeddingKey key = key(name, utterance);
    topics.send(Topics.ENROLLMENT_EMBEDDINGS, key.encode(), enrollment(key, vector));
    return results.await(key.enrollment().encode(), 1, DEADLINE).get(0).value();
  }

  /** The tag of the only window of a new call. */
  private SpeakerTag tag(float[] vector) {
    String call = TestTopics.unique("call");
    topics.send(Topics.SPEECH_EMBEDDINGS, call, window(call, 0, 0, vector));
    return tags.await(call, 1, DEADLINE).get(0).value();
  }

  private static boolean knows(Matcher matcher, String name) {
    return matcher.models().active().voiceprints().voiceprint(name).isPresent();
  }

  private void assertLetters(Topic<?> topic, String key, int count, byte[] first) {
    try (TopicReader<byte[]> letters = topics.read(topic.dlq())) {
      List<ConsumerRecord<String, byte[]>> found = letters.await(key, count, DEADLINE);
      assertThat(found).hasSize(count);
      assertThat(found.get(0).value()).isEqualTo(first);
      assertThat(found)
          .allSatisfy(
              letter -> {
                assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topic.name());
                assertThat(header(letter, DeadLetters.REASON)).isNotBlank();
              });
    }
  }

  private static String header(ConsumerRecord<?, ?> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
