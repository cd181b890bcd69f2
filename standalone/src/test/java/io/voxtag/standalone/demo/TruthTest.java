package io.voxtag.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.standalone.demo.Truth.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {

  private static final Truth TRUTH =
      new Truth(
          List.of(
              new Stretch("call", 0, 1000, 3000, "ann"),
              new Stretch("call", 0, 3500, 5500, "ben"),
              new Stretch("call", 1, 0, 9000, "cid")));

  @Test
  void aWindowWithOneVoiceBelongsToIt() {
    assertThat(TRUTH.clearSpeaker("call", 0, 0, 3000)).contains("ann");
    assertThat(TRUTH.clearSpeaker("call", 1, 0, 3000)).contains("cid");
  }

  @Test
  void aWindowWithLessThanOneAndAHalfSecondsOfSpeechBelongsToNobody() {
    assertThat(TRUTH.clearSpeaker("call", 0, 0, 2499)).isEmpty();
    assertThat(TRUTH.clearSpeaker("call", 0, 0, 2500)).contains("ann");
  }

  @Test
  void aWindowThatTwoVoicesShareBelongsToNobodyUnlessOneHasFourFifths() {
    // ann 2.0 s, ben 0.5 s
    assertThat(TRUTH.clearSpeaker("call", 0, 1000, 4000)).contains("ann");
    // ann 1.9 s, ben 0.6 s
    assertThat(TRUTH.clearSpeaker("call", 0, 1100, 4100)).isEmpty();
  }

  @Test
  void silenceIsWhereNobodySpeaksAtAll() {
    assertThat(TRUTH.isSilent("call", 0, 5500, 8500)).isTrue();
    assertThat(TRUTH.isSilent("call", 0, 5499, 8499)).isFalse();
    assertThat(TRUTH.isSilent("another", 0, 0, 3000)).isTrue();
  }

  @Test
  void aMalformedRowIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("truth.tsv");
    Files.writeString(
        file, "call\tchannel\tstart_ms\tend_ms\tspeaker\nc\t0\t0\t9\tann\nc\tzero\t0\t9\tann\n");

    assertThatThrownBy(() -> Truth.read(file))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("truth.tsv, line 3");
  }
}
