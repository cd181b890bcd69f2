package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsNormTest {

  private static final List<float[]> COHORT =
      units(
          new float[] {1, 2, 3},
          new float[] {2, -1, 0.5f},
          new float[] {-1, 0.2f, 2},
          new float[] {0.3f, 0.3f, -1},
          new float[] {1, 1, 0.1f},
          new float[] {-2, 1, 0});
  private static final float[] ENROLMENT = units(new float[] {1, 0.5f, 0.7f}).get(0);
  private static final float[] TEST = units(new float[] {0.8f, 0.9f, 0.4f}).get(0);

  /** The expected values were computed with Python's statistics module (fmean, pstdev). */
  @ParameterizedTest
  @CsvSource({
    "2, 0.8351070486395156, 0.004405127704579959, 9.15003433773091",
    "3, 0.7607690510759237, 0.10519131394872035, 1.1260546600675614",
    "6, 0.2946883208602415, 0.5108857660481599, 1.2914294851912917"
  })
  void measuresAScoreFromBothSidesAgainstTheMostAlikeVoices(
      int topK, double mean, double deviation, double score) {
    // given
    AsNorm norm = new AsNorm(COHORT, topK);

    // when
    CohortStatistics enrolment = norm.of(ENROLMENT);
    CohortStatistics test = norm.of(TEST);

    // then
    assertThat(enrolment.mean()).isCloseTo(mean, within(1e-6));
    assertThat(enrolment.deviation()).isCloseTo(deviation, within(1e-6));
    double cosine = UnitVectors.cosine(ENROLMENT, TEST);
    assertThat(enrolment.normalise(cosine, test)).isCloseTo(score, within(1e-3));
    assertThat(test.normalise(cosine, enrolment)).isEqualTo(enrolment.normalise(cosine, test));
  }

  @Test
  void givesTheSameStatisticsForOneVoiceAsForMany() {
    // given: more voices than a block and a tile hold
    Random random = new Random(3);
    List<float[]> cohort =
        Stream.generate(() -> TestVectors.random(random, 19)).limit(700).toList();
    List<float[]> voices = Stream.generate(() -> TestVectors.random(random, 19)).limit(53).toList();
    AsNorm norm = new AsNorm(cohort, 100);

    // when
    List<CohortStatistics> all = norm.ofAll(voices);

    // then
    assertThat(all).isEqualTo(voices.stream().map(norm::of).toList());
  }

  @Test
  void withoutNormalisationScoresStayExactlyAsTheyAre() {
    assertThat(ScoreNorm.NONE.of(TEST).normalise(0.1234567, ScoreNorm.NONE.of(ENROLMENT)))
        .isEqualTo(0.1234567);
  }

  @Test
  void aCohortOfOneVoiceManyTimesDoesNotDivideByZero() {
    AsNorm norm = new AsNorm(Collections.nCopies(4, ENROLMENT), 4);

    assertThat(norm.of(TEST).normalise(0.5, norm.of(ENROLMENT))).isFinite();
  }

  @Test
  void refusesACohortThatIsNoneBySayingWhatIsWrong() {
    assertThatThrownBy(() -> new AsNorm(COHORT.subList(0, 1), 1))
        .hasMessageContaining("A cohort of 1 voices; it must have 2 to 10000");
    assertThatThrownBy(() -> new AsNorm(COHORT, 7))
        .hasMessageContaining("most alike 7 of a cohort of 6");
    assertThatThrownBy(() -> new AsNorm(COHORT, 1)).hasMessageContaining("most alike 1");
    assertThatThrownBy(() -> new AsNorm(List.of(ENROLMENT, new float[] {1, 1, 1}), 2))
        .hasMessageContaining("Vector 1 has length 1.73");
    assertThatThrownBy(() -> new AsNorm(List.of(ENROLMENT, new float[] {1, 0}), 2))
        .hasMessageContaining("Vector 1 has 2 floats; it must have 3");
  }

  private static List<float[]> units(float[]... vectors) {
    return Stream.of(vectors)
        .map(vector -> UnitVectors.combine(vector, 1, vector, 0).orElseThrow())
        .toList();
  }
}
