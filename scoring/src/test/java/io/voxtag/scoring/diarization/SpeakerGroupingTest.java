package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.scoring.UnitVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeakerGroupingTest {

  private static final double THRESHOLD = 0.42;
  private static final int DIMENSION = 64;

  @ParameterizedTest
  @CsvSource({"1, 40", "2, 30", "2, 200", "3, 60", "1, 150", "4, 200", "5, 300"})
  void findsHowManySpeakAndWho(int speakers, int windows) {
    // given: windows of one voice have a cosine of some 0.4
    Voices voices = new Voices(speakers + windows, DIMENSION);
    int[] turns = voices.turns(speakers, windows);

    // when
    Grouping grouping = group(1, 10, voices.vectors(turns, 1.2));

    // then
    assertThat(grouping.voices()).hasSize(speakers);
    assertThat(differences(grouping.labels(), turns)).isLessThanOrEqualTo(windows / 20);
    assertThat(Arrays.stream(grouping.certainty()).min().orElseThrow()).isBetween(0.3, 1.0);
  }

  @Test
  void aVoiceIsTheMeanOfItsWindows() {
    // given
    Voices voices = new Voices(8, DIMENSION);
    List<float[]> vectors = voices.vectors(voices.turns(2, 100), 1.2);

    // when
    Grouping grouping = group(1, 10, vectors);

    // then
    assertThat(grouping.voices()).hasSize(2);
    for (int k = 0; k < 2; k++) {
      int voice = k;
      List<float[]> own =
          IntStream.range(0, 100)
              .filter(i -> grouping.labels()[i] == voice)
              .mapToObj(vectors::get)
              .toList();
      assertThat(grouping.voices().get(k)).isEqualTo(UnitVectors.mean(own).orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 200", "4, 200", "2, 40", "4, 40", "1, 200"})
  void aNumberThatIsGivenIsKept(int asked, int windows) {
    Voices voices = new Voices(11, DIMENSION);

    Grouping grouping = group(asked, asked, voices.vectors(voices.turns(3, windows), 1.2));

    assertThat(grouping.voices()).hasSize(asked);
  }

  @Test
  void boundsOnTheNumberAreKept() {
    Voices voices = new Voices(12, DIMENSION);
    List<float[]> vectors = voices.vectors(voices.turns(3, 200), 1.2);

    assertThat(group(1, 2, vectors).voices()).hasSize(2);
    assertThat(group(4, 6, vectors).voices()).hasSizeBetween(4, 6);
    assertThat(group(1, 10, vectors.subList(0, 1)).labels()).containsExactly(0);
  }

  @Test
  void aWindowThatLooksLikeAnotherVoiceInTheMiddleOfATurnDoesNotCutIt() {
    // given: window 20 of a turn of 40 lies a little nearer to the other voice
    Voices voices = new Voices(13, DIMENSION);
    int[] turns = new int[80];
    Arrays.fill(turns, 40, 80, 1);
    List<float[]> vectors = new ArrayList<>(voices.vectors(turns, 0.6));
    List<float[]> means = Means.directions(vectors, turns);
    vectors.set(20, UnitVectors.combine(means.get(0), 0.49, means.get(1), 0.51).orElseThrow());

    // when
    Grouping grouping = group(1, 10, vectors);

    // then
    assertThat(grouping.labels()).isEqualTo(turns);
    assertThat(grouping.certainty()[20]).isLessThan(grouping.certainty()[10]);
  }

  @Test
  void theSameWindowsAlwaysGiveTheSameGroups() {
    Voices voices = new Voices(14, DIMENSION);
    List<float[]> vectors = voices.vectors(voices.turns(4, 300), 1.4);

    Grouping first = group(1, 10, vectors);
    Grouping second = group(1, 10, vectors);

    assertThat(second.labels()).isEqualTo(first.labels());
    assertThat(second.certainty()).isEqualTo(first.certainty());
  }

  @Test
  void ofLongRecordingsSomeWindowsAreClusteredAndAllAreGrouped() {
    // given
    int windows = 10 * SpeakerGrouping.MOST_CLUSTERED;
    Voices voices = new Voices(15, 32);
    int[] turns = voices.turns(3, windows);

    // when
    Grouping grouping = group(1, 10, voices.vectors(turns, 1.2));

    // then
    assertThat(grouping.voices()).hasSize(3);
    assertThat(differences(grouping.labels(), turns)).isLessThanOrEqualTo(windows / 50);
  }

  @Test
  void moreSpeakersThanWindowsAreRefused() {
    Voices voices = new Voices(16, DIMENSION);
    List<float[]> vectors = voices.vectors(new int[3], 1);

    assertThatThrownBy(() -> group(4, 4, vectors))
        .isInstanceOf(TooLittleSpeechException.class)
        .hasMessageContaining("4 speakers")
        .hasMessageContaining("3 windows");
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "3, 2", "1, 51"})
  void impossibleBoundsAreRefused(int least, int most) {
    assertThatThrownBy(() -> GroupingSettings.forThreshold(THRESHOLD, least, most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(least + " to " + most);
  }

  private static Grouping group(int least, int most, List<float[]> vectors) {
    return new SpeakerGrouping(GroupingSettings.forThreshold(THRESHOLD, least, most))
        .group(Voices.pieces(vectors.size()), vectors.toArray(float[][]::new));
  }

  /** Windows that differ under the best pairing of names. */
  private static int differences(int[] labels, int[] speakers) {
    double[][] shared = new double[Labels.count(speakers)][Labels.count(labels)];
    for (int i = 0; i < labels.length; i++) {
      shared[speakers[i]][labels[i]]++;
    }
    int[] columns = Assignment.largestSum(shared);
    double same = 0;
    for (int k = 0; k < columns.length; k++) {
      same += columns[k] == Assignment.NONE ? 0 : shared[k][columns[k]];
    }
    return labels.length - (int) same;
  }
}
