package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DiarizationErrorTest {

  private static final Offset<Double> TOLERANCE = within(1e-9);

  private static final List<Segment> TURNS =
      List.of(new Segment(0, 10_000, "ann"), new Segment(10_000, 20_000, "ben"));

  @Test
  void aDiarizationThatIsRightHasNoErrorWhateverItsNames() {
    List<Segment> renamed =
        List.of(new Segment(10_000, 20_000, "x"), new Segment(0, 10_000, "ben"));

    DiarizationError error = DiarizationError.of(TURNS, renamed, 0);

    assertThat(error.rate()).isZero();
    assertThat(error.mapping()).isEqualTo(Map.of("ben", "ann", "x", "ben"));
  }

  @Test
  void aBoundaryTwoSecondsLateIsTwoSecondsOfConfusion() {
    List<Segment> late = List.of(new Segment(0, 12_000, "x"), new Segment(12_000, 20_000, "y"));

    assertThat(DiarizationError.of(TURNS, late, 0))
        .isEqualTo(new DiarizationError(20_000, 0, 0, 2_000, Map.of("x", "ann", "y", "ben")));
  }

  @Test
  void theCollarTakesTimeOffOnBothSidesOfEachBoundary() {
    List<Segment> late = List.of(new Segment(0, 12_000, "x"), new Segment(12_000, 20_000, "y"));

    DiarizationError error = DiarizationError.of(TURNS, late, 250);

    assertThat(error.speakerMs()).isEqualTo(19_000);
    assertThat(error.confusionMs()).isEqualTo(1_750);
  }

  @Test
  void silenceCalledSpeechIsAFalseAlarmAndSpeechCalledSilenceIsMissed() {
    List<Segment> reference = List.of(new Segment(1_000, 5_000, "ann"));
    List<Segment> hypothesis = List.of(new Segment(2_000, 8_000, "x"));

    assertThat(DiarizationError.of(reference, hypothesis, 0))
        .isEqualTo(new DiarizationError(4_000, 1_000, 3_000, 0, Map.of("x", "ann")));
    assertThat(DiarizationError.of(reference, List.of(), 0).rate()).isEqualTo(1);
  }

  @Test
  void overlappedSpeechCountsOnceForEachWhoSpeaks() {
    // given: both speak from 4 to 6 s
    List<Segment> reference =
        List.of(new Segment(0, 6_000, "ann"), new Segment(4_000, 9_000, "ben"));
    List<Segment> hypothesis = List.of(new Segment(0, 5_000, "x"), new Segment(5_000, 9_000, "y"));

    // when
    DiarizationError error = DiarizationError.of(reference, hypothesis, 0);

    // then
    assertThat(error.speakerMs()).isEqualTo(11_000);
    assertThat(error.missedMs()).isEqualTo(2_000);
    assertThat(error.confusionMs() + error.falseAlarmMs()).isZero();
  }

  @Test
  void oneClusterForTwoSpeakersCanBeOnlyOneOfThem() {
    DiarizationError error = DiarizationError.of(TURNS, List.of(new Segment(0, 20_000, "x")), 0);

    assertThat(error.rate()).isEqualTo(0.5);
    assertThat(error.mapping()).hasSize(1);
  }

  @Test
  void segmentsOfOneSpeakerThatTouchOrOverlapAreOne() {
    List<Segment> pieces =
        List.of(
            new Segment(0, 4_000, "ann"),
            new Segment(4_000, 8_000, "ann"),
            new Segment(6_000, 10_000, "ann"));

    DiarizationError error = DiarizationError.of(pieces, pieces, 250);

    assertThat(error.speakerMs()).isEqualTo(9_500);
    assertThat(error.rate()).isZero();
  }

  @Test
  void agreesWithAnotherImplementationOnRandomConversations() throws IOException {
    for (JsonNode conversation : ReferenceValues.read("error.json")) {
      List<Segment> reference = segments(conversation.get("reference"));
      List<Segment> hypothesis = segments(conversation.get("hypothesis"));
      for (JsonNode expected : conversation.get("errors")) {
        DiarizationError error =
            DiarizationError.of(reference, hypothesis, expected.get("collar_ms").asLong());

        assertThat(error.speakerMs()).isEqualTo(expected.get("total_ms").asLong());
        assertThat(error.missedMs()).isEqualTo(expected.get("missed_ms").asLong());
        assertThat(error.falseAlarmMs()).isEqualTo(expected.get("false_alarm_ms").asLong());
        assertThat(error.confusionMs()).isEqualTo(expected.get("confusion_ms").asLong());
        assertThat(error.rate()).isCloseTo(expected.get("rate").asDouble(), TOLERANCE);
      }
    }
  }

  @Test
  void aReferenceWithoutSpeechOutsideTheCollarsHasNoRate() {
    assertThatThrownBy(() -> DiarizationError.of(List.of(), TURNS, 250))
        .isInstanceOf(NothingToScoreException.class)
        .hasMessageContaining("0 segments");
    assertThatThrownBy(() -> DiarizationError.of(List.of(new Segment(0, 400, "a")), TURNS, 250))
        .isInstanceOf(NothingToScoreException.class)
        .hasMessageContaining("250 ms");
  }

  private static List<Segment> segments(JsonNode rows) {
    List<Segment> segments = new ArrayList<>();
    rows.forEach(
        row ->
            segments.add(
                new Segment(row.get(0).asLong(), row.get(1).asLong(), row.get(2).asText())));
    return segments;
  }
}
