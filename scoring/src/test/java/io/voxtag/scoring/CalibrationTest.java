package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The expected values were computed in Python in other ways: isotonic regression by its max-min
 * formula, logistic regression by plain gradient descent.
 */
class CalibrationTest {

  private static final double[] TARGETS = {2.1, 0.3, 1.7, 3.2, 0.9, 2.8, -0.4, 1.1};
  private static final double[] NON_TARGETS = {
    -1.9, 0.2, -0.7, -2.4, 0.8, -1.2, -0.1, -3.0, 0.5, -0.9, 1.1, -1.4
  };

  @Test
  void ratiosCostWhatTheyAreWorthInBits() {
    assertThat(metrics(TARGETS, NON_TARGETS).cllr()).isCloseTo(0.6128523858649723, within(1e-12));
    assertThat(metrics(new double[] {0}, new double[] {0}).cllr()).isCloseTo(1, within(1e-12));
    assertThat(metrics(new double[] {800}, new double[] {-800}).cllr()).isZero();
    assertThat(metrics(new double[] {-800}, new double[] {800}).cllr())
        .isCloseTo(800 / Math.log(2), within(1e-9));
  }

  @Test
  void theLeastCostPoolsAdjacentViolatorsAndEqualScores() {
    assertThat(metrics(TARGETS, NON_TARGETS).minCllr())
        .isCloseTo(0.4225712270865122, within(1e-12));
    assertThat(metrics(new double[] {3, 4}, new double[] {1, 2}).minCllr()).isZero();
    assertThat(metrics(new double[] {1, 2}, new double[] {3, 4}).minCllr())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void theFitIsThatOfLogisticRegressionAtEachPrior() {
    VerificationMetrics metrics = metrics(TARGETS, NON_TARGETS);

    Calibration even = metrics.calibration(0.5);
    assertThat(even.scale()).isCloseTo(1.5920371083482003, within(1e-4));
    assertThat(even.offset()).isCloseTo(-0.6289220396001891, within(1e-4));
    Calibration rare = metrics.calibration(0.01);
    assertThat(rare.scale()).isCloseTo(2.875946801148095, within(5e-3));
    assertThat(rare.offset()).isCloseTo(-1.5761485890084899, within(5e-3));
  }

  @Test
  void calibratedScoresCostNearlyTheLeastThatIsPossible() {
    // given: scores on an odd scale whose true log-likelihood ratio is 40 x - 20
    Random random = new Random(1);
    TrialScores trials = new TrialScores();
    for (int i = 0; i < 20_000; i++) {
      double target = 5 + Math.sqrt(10) * random.nextGaussian();
      double nonTarget = -5 + Math.sqrt(10) * random.nextGaussian();
      trials.add((target + 20) / 40, true);
      trials.add((nonTarget + 20) / 40, false);
    }
    VerificationMetrics metrics = trials.metrics();

    // when
    Calibration calibration = metrics.calibration(0.5);
    VerificationMetrics calibrated = metrics.calibrated(calibration);

    // then
    assertThat(calibration.scale()).isCloseTo(40, within(1.5));
    assertThat(calibration.offset()).isCloseTo(-20, within(0.8));
    assertThat(calibration.logLikelihoodRatio(calibration.score(1.5))).isCloseTo(1.5, within(1e-9));
    assertThat(calibrated.cllr()).isBetween(calibrated.minCllr(), calibrated.minCllr() + 0.005);
    assertThat(calibrated.minCllr()).isCloseTo(metrics.minCllr(), within(1e-12));
    assertThat(calibrated.dcf(Math.log(99), 0.01))
        .isBetween(calibrated.minDcf(0.01), calibrated.minDcf(0.01) + 0.05);
  }

  @Test
  void separatedScoresGetAFiniteScale() {
    Calibration calibration =
        metrics(new double[] {0.8, 0.9}, new double[] {0.1, 0.2, 0.3}).calibration(0.5);

    assertThat(calibration.logLikelihoodRatio(0.8)).isGreaterThan(3).isFinite();
    assertThat(calibration.logLikelihoodRatio(0.3)).isLessThan(-3).isFinite();
  }

  @Test
  void scoresThatSayNothingOrTheOppositeAreRefused() {
    assertThatThrownBy(() -> metrics(new double[] {1, 1}, new double[] {1}).calibration(0.5))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("All scores are 1.0");
    assertThatThrownBy(() -> metrics(NON_TARGETS, TARGETS).calibration(0.5))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("not above those of two");
  }

  @Test
  void theCostAtAThresholdIsCountedByHand() {
    // two targets of eight and two others of twelve are on the wrong side of 0.6
    VerificationMetrics metrics = metrics(TARGETS, NON_TARGETS);

    assertThat(metrics.dcf(0.6, 0.5)).isCloseTo(2.0 / 8 + 2.0 / 12, within(1e-12));
    assertThat(metrics.dcf(0.6, 0.1)).isCloseTo((0.1 * 2 / 8 + 0.9 * 2 / 12) / 0.1, within(1e-12));
    assertThatThrownBy(() -> metrics.dcf(0, 0)).hasMessageContaining("prior of 0.0");
  }

  private static VerificationMetrics metrics(double[] targets, double[] nonTargets) {
    TrialScores trials = new TrialScores();
    for (double score : targets) {
      trials.add(score, true);
    }
    for (double score : nonTargets) {
      trials.add(score, false);
    }
    return trials.metrics();
  }
}
