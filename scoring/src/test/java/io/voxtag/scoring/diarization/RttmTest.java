package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.scoring.diarization.Rttm.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RttmTest {

  @Test
  void aSegmentIsALineOfTenFields() {
    Entry entry = new Entry("board meeting", 1, new Segment(500, 3_725, "Ann Lee"));

    assertThat(Rttm.line(entry))
        .isEqualTo("SPEAKER board_meeting 1 0.500 3.225 <NA> <NA> Ann_Lee <NA> <NA>");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Entry entry = new Entry("call", 2, new Segment(7, 3_600_001, "ann"));

    assertThat(Rttm.parse("a.rttm", List.of(Rttm.line(entry)))).containsExactly(entry);
  }

  @Test
  void linesOfOtherTypesCommentsAndEmptySegmentsAreSkipped() {
    List<String> lines =
        List.of(
            ";; made by hand",
            "",
            "SPKR-INFO CMU_1 1 <NA> <NA> <NA> unknown ann <NA>",
            "SPEAKER CMU_1 1 10.5 0.0004 <NA> <NA> ann <NA>",
            "SPEAKER CMU_1 1  130.430000 2.350 <NA> <NA> ann <NA>");

    assertThat(Rttm.parse("a.rttm", lines))
        .containsExactly(new Entry("CMU_1", 1, new Segment(130_430, 132_780, "ann")));
  }

  @ParameterizedTest
  @CsvSource({
    "SPEAKER a 1 0.5 1.0 <NA> <NA>, 7 fields",
    "SPEAKER a 1 half 1.0 <NA> <NA> ann <NA> <NA>, is no time",
    "SPEAKER a 1 0.5 -1 <NA> <NA> ann <NA> <NA>, from 500 to -500 ms",
    "SPEAKER a left 0.5 1 <NA> <NA> ann <NA> <NA>, channel"
  })
  void aMalformedLineIsNamed(String line, String problem) {
    assertThatThrownBy(() -> Rttm.parse("a.rttm", List.of("", line)))
        .isInstanceOf(RttmFormatException.class)
        .hasMessageStartingWith("a.rttm, line 2: ")
        .hasMessageContaining(problem);
  }
}
