package io.voxtag.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import io.voxtag.standalone.demo.Truth.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

  private static final Truth TRUTH =
      new Truth(
          List.of(
              new Stretch("call", 0, 0, 1500, "ann"),
              new Stretch("call", 0, 2000, 10_000, "ann"),
              new Stretch("call", 1, 0, 10_000, "stranger")));

  private final Scoreboard scoreboard = new Scoreboard(TRUTH, Set.of("ann", "ben"));

  @Test
  void anEnrolledSpeakerIsRightOnlyByName() {
    scoreboard.add(tag(0, 0, TagState.IDENTIFIED, "ann"));
    scoreboard.add(tag(0, 1000, TagState.IDENTIFIED, "ben"));
    scoreboard.add(tag(0, 2000, TagState.UNKNOWN, "unknown-1"));
    scoreboard.add(tag(0, 3000, TagState.INSUFFICIENT_SPEECH, null));

    assertThat(scoreboard.summary().windows()).isEqualTo(4);
    assertThat(scoreboard.summary().correct()).isEqualTo(1);
    assertThat(scoreboard.summary().accuracy()).isEqualTo(0.25);
    assertThat(scoreboard.rows())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.wrong())
                    .isEqualTo(Map.of("ben", 1, "unknown-1", 1, "INSUFFICIENT_SPEECH", 1)));
  }

  @Test
  void aSpeakerWhoIsNotEnrolledIsRightOnlyAsUnknown() {
    scoreboard.add(tag(1, 0, TagState.UNKNOWN, "unknown-1"));
    scoreboard.add(tag(1, 1000, TagState.IDENTIFIED, "ann"));

    assertThat(scoreboard.summary().windows()).isEqualTo(2);
    assertThat(scoreboard.summary().correct()).isEqualTo(1);
  }

  @Test
  void silenceIsNoPartOfTheAccuracyButNobodyMayBeNamedInIt() {
    scoreboard.add(tag(0, 20_000, TagState.INSUFFICIENT_SPEECH, null));
    scoreboard.add(tag(0, 21_000, TagState.IDENTIFIED, "ann"));

    assertThat(scoreboard.summary().windows()).isZero();
    assertThat(scoreboard.namedInSilence()).isEqualTo(1);
  }

  @Test
  void theRowSaysHowMuchSpeechItTookToTheRightName() {
    scoreboard.add(tag(0, 0, TagState.UNKNOWN, "unknown-1"));
    scoreboard.add(tag(0, 1000, TagState.IDENTIFIED, "ann"));
    scoreboard.add(tag(0, 2000, TagState.IDENTIFIED, "ann"));

    assertThat(scoreboard.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.speechUntilRightMs()).isEqualTo(3500));
    assertThat(scoreboard.medianSpeechUntilRightMs()).hasValue(3500);
  }

  @Test
  void noTagsAtAllAreNoSuccess() {
    assertThat(scoreboard.summary().accuracy()).isZero();
  }

  @Test
  void latencyIsGivenAsNearestRankPercentiles() {
    List<Long> hundred = LongStream.rangeClosed(1, 100).boxed().toList();

    assertThat(Percentile.of(hundred, 0.50)).isEqualTo(50);
    assertThat(Percentile.of(hundred, 0.99)).isEqualTo(99);
    assertThat(Percentile.of(List.of(7L), 0.99)).isEqualTo(7);
  }

  private static SpeakerTag tag(
      int channel, long startMs, TagState state, @Nullable String speaker) {
    return SpeakerTag.newBuilder()
        .setCallId("call")
        .setChannel(channel)
        .setStreamId("s")
        .setWindowIndex(startMs / 1000)
        .setStartMs(startMs)
        .setEndMs(startMs + 3000)
        .setState(state)
        .setStage(TagStage.CONFIRMED)
        .setSpeakerId(speaker)
        .setSinceMs(startMs)
        .setNetSpeechMs(3000)
        .setModelVersion("m")
        .setRegistryVersion("0-0")
        .setCapturedAt(Instant.EPOCH)
        .setLatencyMs(10)
        .build();
  }
}
