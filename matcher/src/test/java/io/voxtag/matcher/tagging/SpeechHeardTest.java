package io.voxtag.matcher.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeechHeardTest {

  @Test
  void speechInWhatWindowsShareCountsOnce() {
    SpeechHeard heard =
        SpeechHeard.NOTHING.and(0, 3000, 3000).and(1000, 4000, 1500).and(2000, 5000, 0);

    assertThat(heard.speech()).isEqualTo(Duration.ofMillis(3500));
  }

  @Test
  void aShorterLastWindowThatAddsNothingCountsForNothing() {
    SpeechHeard heard = SpeechHeard.NOTHING.and(0, 3000, 3000).and(1000, 3000, 2000);

    assertThat(heard.speech()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void afterTheDecisionNothingCounts() {
    assertThat(SpeechHeard.DECIDED.and(0, 3000, 3000)).isEqualTo(SpeechHeard.DECIDED);
  }

  @Test
  void aStoredLegKeepsIt() {
    StoredLeg leg = new StoredLeg(4, 17, "m-1", new SpeechHeard(7000, 3500, false), new byte[] {1});

    StoredLeg read = StoredLeg.read(leg.write());

    assertThat(read.heard()).isEqualTo(leg.heard());
    assertThat(read.state()).containsExactly(1);
  }

  @Test
  void aLegStoredBeforeThisWasCountedIsReadAndNotCounted() {
    // Format 1: last window 4, touched at 17, version "m", state 9.
    byte[] former = {1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 1, 'm', 9};

    StoredLeg read = StoredLeg.read(former);

    assertThat(read.lastWindow()).isEqualTo(4);
    assertThat(read.touchedAt()).isEqualTo(17);
    assertThat(read.modelVersion()).isEqualTo("m");
    assertThat(read.state()).containsExactly(9);
    assertThat(read.heard()).isEqualTo(SpeechHeard.DECIDED);
  }
}
