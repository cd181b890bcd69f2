package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IdentificationMetricsTest {

  private static final Offset<Double> TOLERANCE = within(1e-12);

  @Test
  void aSearchFailsWithAWrongNameOrAScoreBelowTheThreshold() {
    // given: right at 0.9, 0.6 and 0.4, wrong at 0.8; others at 0.1 to 0.5
    IdentificationScores scores = new IdentificationScores();
    scores.addMated(0.9, true);
    scores.addMated(0.8, false);
    scores.addMated(0.6, true);
    scores.addMated(0.4, true);
    for (double other : new double[] {0.1, 0.2, 0.3, 0.5}) {
      scores.addNonMated(other);
    }

    // when
    IdentificationMetrics metrics = scores.metrics();

    // then
    assertThat(metrics.mated()).isEqualTo(4);
    assertThat(metrics.nonMated()).isEqualTo(4);
    assertThat(metrics.rankOne()).isCloseTo(0.75, TOLERANCE);
    assertThat(metrics.at(0.3)).isEqualTo(new IdentificationRates(0.3, 0.25, 0.25));
    assertThat(metrics.at(0.45).fnir()).isCloseTo(0.5, TOLERANCE);
    assertThat(metrics.at(-1)).isEqualTo(new IdentificationRates(-1, 0.25, 1));
  }

  @Test
  void theThresholdKeepsTheRateOfFalsePositives() {
    // given
    IdentificationScores scores = new IdentificationScores();
    scores.addMated(0.97, true);
    scores.addMated(0.99, false);
    for (int i = 0; i < 100; i++) {
      scores.addNonMated(i / 100.0);
    }
    IdentificationMetrics metrics = scores.metrics();

    // when, then
    assertThat(metrics.atFpir(0.05)).isEqualTo(new IdentificationRates(0.94, 0.5, 0.05));
    assertThat(metrics.atFpir(0.01)).isEqualTo(new IdentificationRates(0.98, 1, 0.01));
    assertThat(metrics.atFpir(0.005).fpir()).isZero();
  }

  @Test
  void searchesOfOneKindOnlyAreRefused() {
    IdentificationScores scores = new IdentificationScores();
    scores.addNonMated(0.5);

    assertThatThrownBy(scores::metrics)
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("there are 0 and 1");
    assertThatThrownBy(() -> new IdentificationScores().addMated(Double.NaN, true))
        .hasMessageContaining("NaN");
  }
}
