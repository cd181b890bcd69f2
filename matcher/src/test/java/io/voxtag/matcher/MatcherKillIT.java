package io.voxtag.matcher;

import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.RedisResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A matcher that is killed with calls going on. */
class MatcherKillIT {

  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final int CALLS = 8;
  private static final int WINDOWS = 30;

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();
  @RegisterExtension static final RedisResource REDIS = RedisResource.own();

  @TempDir Path folder;

  private final String applicationId = TestTopics.unique("matcher");
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void eachWindowIsTaggedOnceAndLegsGoOnAsIfNothingHadHappened() throws Exception {
    // given
    TestTopics topics = KAFKA.topics();
    Process matcher = startMatcher();
    try (TopicReader<SpeakerTag> tags = topics.read(Topics.SPEAKER_TAGS)) {
      topics.send(
          Topics.ENROLLMENT_EMBEDDINGS,
          TestEvents.key("ann", "1").encode(),
          TestEvents.enrollment(TestEvents.key("ann", "1"), recording("ann", 1)));
      try (var results = topics.read(Topics.ENROLLMENT_RESULTS)) {
        assertThat(results.await(1, DEADLINE).get(0).value().getOutcome())
            .isEqualTo(EnrollmentOutcome.ACCEPTED);
      }

      // when: killed twice with windows before, between and after
      send(topics, 0, 10);
      tags.await(CALLS * 3, DEADLINE);
      matcher.destroyForcibly().waitFor();
      send(topics, 10, 20);
      matcher = startMatcher();
      tags.await(CALLS * 13, DEADLINE);
      matcher.destroyForcibly().waitFor();
      // The embedder, too, may be killed: it then sends windows again.
      send(topics, 15, 20);
      matcher = startMatcher();
      send(topics, 20, WINDOWS);

      // then
      tags.await(CALLS * WINDOWS, DEADLINE);
      send(topics, WINDOWS, WINDOWS + 1);
      tags.await(CALLS * (WINDOWS + 1), DEADLINE);
      Map<String, List<SpeakerTag>> byCall =
          tags.toEnd().stream()
              .map(ConsumerRecord::value)
              .collect(Collectors.groupingBy(SpeakerTag::getCallId));
      assertThat(byCall).hasSize(CALLS);
      byCall.values().forEach(MatcherKillIT::assertUndisturbed);
    }
  }

  private static void assertUndisturbed(List<SpeakerTag> leg) {
    assertThat(leg).hasSize(WINDOWS + 1);
    String expected = leg.get(0).getCallId().endsWith("-0") ? "unknown-1" : "ann";
    for (int i = 0; i < leg.size(); i++) {
      SpeakerTag tag = leg.get(i);
      assertThat(tag.getWindowIndex()).isEqualTo(i);
      assertThat(tag.getSpeakerId()).isEqualTo(expected);
      assertThat(tag.getSinceMs()).isZero();
      assertThat(tag.getStage()).isEqualTo(i == 0 ? TagStage.PROVISIONAL : TagStage.CONFIRMED);
    }
  }

  private static void send(TestTopics topics, int from, int to) {
    for (int i = from; i < to; i++) {
      for (int call = 0; call < CALLS; call++) {
        String voice = call == 0 ? "stranger" : "ann";
        SpeechEmbedding window = window("call-" + call, 0, i, recording(voice, 100 * call + i));
        topics.send(Topics.SPEECH_EMBEDDINGS, window.getCallId(), window);
      }
    }
  }

  private Process startMatcher() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MatcherMain.class.getName(),
                KAFKA.bootstrapServers(),
                REDIS.url(),
                applicationId)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("matcher-" + started.size() + ".log").toFile())
            .start();
    started.add(process);
    return process;
  }
}
