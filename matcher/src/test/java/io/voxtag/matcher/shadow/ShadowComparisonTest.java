package io.voxtag.matcher.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.matcher.IndexedSpace;
import io.voxtag.matcher.TestModels;
import io.voxtag.matcher.streams.UnusableRecordException;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowComparisonTest {

  private static final String SERVES = "serves";
  private static final String NEXT = "next";

  private final IndexedSpace next = IndexedSpace.of(NEXT);
  private final List<String> counted = new ArrayList<>();
  private final ShadowComparison comparison =
      new ShadowComparison(
          new TestModels(Set.of(NEXT), IndexedSpace.of(SERVES), next),
          (model, outcome) -> counted.add(model + " " + outcome));

  @BeforeEach
  void enrol() {
    next.index()
        .replaceAll(
            Map.of(
                "ann", TestModels.recording(NEXT, "ann", 100),
                "bob", TestModels.recording(NEXT, "bob", 100)),
            "1-0");
  }

  @ParameterizedTest
  @CsvSource({
    "IDENTIFIED, ann, ann, next agree",
    "IDENTIFIED, bob, ann, next other-speaker",
    "UNKNOWN, unknown-1, ann, next unknown-to-known",
    "IDENTIFIED, ann, stranger, next known-to-unknown",
    "UNKNOWN, unknown-2, stranger, next agree",
    "INSUFFICIENT_SPEECH,, ann, next disagree"
  })
  void whatWouldBeSaidIsComparedWithWhatIsSaid(
      TagState state, String speaker, String voice, String outcome) {
    // when: the tag first, and the tag last
    comparison.tag(tag(SERVES, 0, state, speaker));
    embed(0, voice);
    embed(1, voice);
    comparison.tag(tag(SERVES, 1, state, speaker));

    // then
    assertThat(counted).containsExactly(outcome, outcome);
  }

  @Test
  void aWindowThatComesAgainIsCountedOnce() {
    // when
    comparison.tag(tag(SERVES, 0, TagState.IDENTIFIED, "ann"));
    embed(0, "ann");
    embed(0, "ann");

    // then
    assertThat(counted).hasSize(1);
  }

  @Test
  void aVersionIsNotComparedWithItselfAfterItsPromotion() {
    // when
    comparison.tag(tag(NEXT, 0, TagState.IDENTIFIED, "ann"));
    embed(0, "ann");

    // then
    assertThat(counted).isEmpty();
  }

  @Test
  void onlyVersionsOnTheirWayAreCompared() {
    // when
    comparison.tag(tag("before", 0, TagState.IDENTIFIED, "ann"));
    comparison.embedding("call-1", TestModels.window(SERVES, "call-1", 0, "ann"));
    comparison.embedding("call-1", TestModels.window("not loaded", "call-1", 0, "ann"));

    // then
    assertThat(counted).isEmpty();
  }

  @Test
  void whatMustNotBeScoredIsRefused() {
    SpeechEmbedding window = TestModels.window(NEXT, "call-1", 0, "ann");

    assertThatThrownBy(() -> comparison.embedding("call-2", window))
        .isInstanceOf(UnusableRecordException.class)
        .hasMessageContaining("call-2");
  }

  private void embed(long index, String voice) {
    comparison.embedding("call-1", TestModels.window(NEXT, "call-1", index, voice));
  }

  private static SpeakerTag tag(String model, long index, TagState state, String speaker) {
    return SpeakerTag.newBuilder()
        .setCallId("call-1")
        .setChannel(0)
        .setStreamId("stream-1")
        .setWindowIndex(index)
        .setStartMs(index * 1000)
        .setEndMs(index * 1000 + 3000)
        .setState(state)
        .setStage(TagStage.PROVISIONAL)
        .setSpeakerId(speaker)
        .setSinceMs(0)
        .setScore(null)
        .setPosterior(null)
        .setCandidates(List.of())
        .setNetSpeechMs(2500)
        .setModelVersion(model)
        .setRegistryVersion("1-0")
        .setCapturedAt(Instant.EPOCH)
        .setLatencyMs(10)
        .build();
  }
}
