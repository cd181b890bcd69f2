package io.voxtag.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class TagLinesTest {

  private final TagLines lines = new TagLines(false);

  @Test
  void aLineSaysWhoSinceWhenAndHowSure() {
    assertThat(text(lines.of(tag(2, TagState.IDENTIFIED, TagStage.CONFIRMED, "ann"))))
        .matches(
            "00:05\\.0 call +leg 0 +ann +confirmed +since 00:01\\.0 +93 % sure +score +0\\.71 +42 ms");
  }

  @Test
  void onlyChangesArePrinted() {
    assertThat(lines.of(tag(0, TagState.IDENTIFIED, TagStage.PROVISIONAL, "ann"))).isPresent();
    assertThat(lines.of(tag(1, TagState.IDENTIFIED, TagStage.PROVISIONAL, "ann"))).isEmpty();
    assertThat(lines.of(tag(2, TagState.IDENTIFIED, TagStage.CONFIRMED, "ann"))).isPresent();
    assertThat(lines.of(tag(3, TagState.IDENTIFIED, TagStage.CONFIRMED, "ann"))).isEmpty();
    assertThat(lines.of(tag(4, TagState.INSUFFICIENT_SPEECH, TagStage.CONFIRMED, null)))
        .isPresent();
  }

  @Test
  void everyWindowIsPrintedWhereThatIsAskedFor() {
    TagLines every = new TagLines(true);

    assertThat(every.of(tag(0, TagState.UNKNOWN, TagStage.CONFIRMED, "unknown-1"))).isPresent();
    assertThat(every.of(tag(1, TagState.UNKNOWN, TagStage.CONFIRMED, "unknown-1"))).isPresent();
  }

  private static String text(Optional<String> markup) {
    return Ansi.OFF.string(markup.orElseThrow());
  }

  private static SpeakerTag tag(
      long window, TagState state, TagStage stage, @Nullable String speaker) {
    return SpeakerTag.newBuilder()
        .setCallId("call")
        .setChannel(0)
        .setStreamId("s")
        .setWindowIndex(window)
        .setStartMs(window * 1000)
        .setEndMs(window * 1000 + 3000)
        .setState(state)
        .setStage(stage)
        .setSpeakerId(speaker)
        .setSinceMs(1000)
        .setScore(0.71f)
        .setPosterior(0.93f)
        .setNetSpeechMs(2500)
        .setModelVersion("m")
        .setRegistryVersion("0-0")
        .setCapturedAt(Instant.EPOCH)
        .setLatencyMs(42)
        .build();
  }
}
