package io.voxtag.matcher.registry;

import static io.voxtag.matcher.TestEvents.DIMENSION;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.voice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.scoring.UnitVectors;
import io.voxtag.scoring.VoiceprintIndex;
import io.voxtag.testkit.RedisResource;
import io.voxtag.testkit.TestTopics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.params.XAddParams;

class RegistryIT {

  private static final UtteranceMetadata METADATA =
      new UtteranceMetadata("explicit consent", "doc-7", 1000, 8000, 20.5f, 2000);
  private static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension static final RedisResource REDIS = RedisResource.shared();

  private final String version = TestTopics.unique("model");
  private RegistryConnection redis;
  private RegistryWriter writer;
  private SpeakerRegistry registry;

  @BeforeEach
  void connect() {
    redis = RegistryConnection.to(URI.create(REDIS.url()));
    writer = new RegistryWriter(redis);
    registry = new SpeakerRegistry(redis);
  }

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Test
  void theVoiceprintIsTheMeanOfTheUtterancesWithUnitLength() {
    // given
    float[] one = recording("ann", 1);
    float[] two = recording("ann", 2);

    // when
    writer.put(key("ann", "1"), one, METADATA);
    writer.put(key("ann", "2"), two, METADATA);

    // then
    float[] voiceprint = registry.voiceprints(version).get("ann");
    assertThat(voiceprint)
        .containsExactly(UnitVectors.mean(List.of(one, two)).orElseThrow(), within(1e-6f));
    assertThat(registry.versions()).contains(version);
  }

  @Test
  void whatWasEnrolledCanBeLookedUp() {
    // when
    writer.put(key("ann", "first / time"), voice("ann"), METADATA);
    UtteranceMetadata later = new UtteranceMetadata("contract", null, 1, 9000, Float.NaN, 5000);
    writer.put(key("ann", "second"), voice("ann"), later);

    // then
    EnrolledSpeaker speaker = registry.speakers(version).get(0);
    assertThat(speaker.speakerId()).isEqualTo("ann");
    assertThat(speaker.utterances()).isEqualTo(2);
    assertThat(speaker.consentBasis()).isEqualTo("contract");
    assertThat(speaker.firstRequestedAt().toEpochMilli()).isEqualTo(2000);
    assertThat(speaker.lastRequestedAt().toEpochMilli()).isEqualTo(5000);
    assertThat(registry.utterances(version, "ann"))
        .containsExactly(
            new EnrolledUtterance(key("ann", "first / time"), METADATA),
            new EnrolledUtterance(key("ann", "second"), later));
    assertThat(registry.recordings("ann"))
        .contains(new EnrollmentKey("ann", "first / time"), new EnrollmentKey("ann", "second"));
    assertThat(registry.recordings("nobody")).isEmpty();
    assertThat(registry.speaker(version, "nobody")).isEmpty();
  }

  @Test
  void writingTheSameAgainIsNoChange() {
    // given
    writer.put(key("ann", "1"), voice("ann"), METADATA);
    SpeakerRegistry.LoadPoint before = registry.loadPoint(version);

    // when
    writer.put(key("ann", "1"), voice("ann"), METADATA);
    writer.erase(key("ann", "unheard of"));

    // then
    assertThat(registry.loadPoint(version)).isEqualTo(before);
    assertThat(before.number()).isEqualTo(1);
  }

  @Test
  void erasingTheLastUtteranceErasesTheSpeaker() {
    // given
    writer.put(key("ann", "1"), recording("ann", 1), METADATA);
    writer.put(key("ann", "2"), recording("ann", 2), METADATA);

    // when
    boolean first = writer.erase(key("ann", "1"));

    // then
    assertThat(first).isTrue();
    assertThat(registry.voiceprints(version).get("ann"))
        .containsExactly(recording("ann", 2), within(1e-6f));

    // when
    writer.erase(key("ann", "2"));

    // then
    assertThat(registry.speakerIds(version)).isEmpty();
    assertThat(registry.utterances(version, "ann")).isEmpty();
    assertThat(writer.erase(key("ann", "2"))).isFalse();
  }

  @Test
  void aWriteThatExpectsAnotherLastChangeDoesNothing() {
    // given
    String before = registry.loadPoint(version).change();
    writer.put(key("bob", "1"), voice("bob"), METADATA);

    // when
    boolean late = writer.putUnlessChanged(key("ann", "1"), voice("ann"), METADATA, before);
    boolean now =
        writer.putUnlessChanged(
            key("ann", "2"), voice("ann"), METADATA, registry.loadPoint(version).change());

    // then
    assertThat(late).isFalse();
    assertThat(now).isTrue();
    assertThat(registry.utterances(version, "ann"))
        .containsExactly(new EnrolledUtterance(key("ann", "2"), METADATA));
  }

  @Test
  void everyFollowerSeesEveryChange() throws InterruptedException {
    // given
    writer.put(key("ann", "1"), voice("ann"), METADATA);
    try (RegistryFollower one = follower();
        RegistryFollower two = follower()) {
      assertThat(one.voiceprints().voiceprints()).containsOnlyKeys("ann");

      // when
      for (int i = 0; i < 50; i++) {
        writer.put(key("speaker-" + i, "1"), voice("speaker-" + i), METADATA);
      }
      writer.erase(key("ann", "1"));
      writer.put(key("speaker-7", "2"), recording("speaker-7", 2), METADATA);

      // then
      String last = registry.loadPoint(version).change();
      for (RegistryFollower follower : List.of(one, two)) {
        await().atMost(SOON).until(() -> follower.voiceprints().version().equals(last));
        assertThat(follower.voiceprints().voiceprints())
            .hasSize(50)
            .doesNotContainKey("ann")
            .hasEntrySatisfying(
                "speaker-7",
                voiceprint ->
                    assertThat(voiceprint)
                        .isEqualTo(registry.voiceprints(version).get("speaker-7")));
        assertThat(follower.caughtUp().lastChange()).isEqualTo(last);
        assertThat(follower.isUp()).isTrue();
      }
    }
  }

  @Test
  void aFollowerThatFellBehindWhatTheStreamKeepsLoadsAllAnew() throws InterruptedException {
    // given
    writer.put(key("ann", "1"), voice("ann"), METADATA);
    try (RegistryFollower follower = follower()) {

      // when: a change is trimmed away in the same step in which it and the next are made
      redis.ask(
          client -> {
            try (var transaction = client.multi()) {
              String changes = redis.keys().changes(version);
              String count = redis.keys().changeCount(version);
              transaction.hdel(redis.keys().voiceprints(version), "ann");
              transaction.incrBy(count, 2);
              transaction.xadd(
                  changes, XAddParams.xAddParams(), Map.of("speaker", "somebody", "number", "3"));
              return transaction.exec();
            }
          });

      // then
      await().atMost(SOON).until(() -> follower.voiceprints().size() == 0);
    }
  }

  @Test
  void versionsDoNotSeeEachOther() {
    // given
    String other = TestTopics.unique("model");

    // when
    writer.put(key("ann", "1"), voice("ann"), METADATA);
    writer.put(new EnrollmentEmbeddingKey("ann", "2", other), voice("ann"), METADATA);

    // then
    assertThat(registry.utterances(version, "ann")).hasSize(1);
    assertThat(registry.speakerIds(other)).isEqualTo(Set.of("ann"));
    assertThat(registry.recordings("ann"))
        .contains(new EnrollmentKey("ann", "1"), new EnrollmentKey("ann", "2"));
  }

  private RegistryFollower follower() throws InterruptedException {
    RegistryFollower follower =
        new RegistryFollower(redis, version, new VoiceprintIndex(DIMENSION), 4);
    follower.start();
    assertThat(follower.awaitLoaded(SOON)).isTrue();
    return follower;
  }

  private EnrollmentEmbeddingKey key(String speaker, String utterance) {
    return new EnrollmentEmbeddingKey(speaker, utterance, version);
  }
}
