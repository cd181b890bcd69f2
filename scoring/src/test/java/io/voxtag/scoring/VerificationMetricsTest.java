package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VerificationMetricsTest {

  private static final Offset<Double> TOLERANCE = within(1e-6);

  @Test
  void agreesWithTheReference() throws Exception {
    // given
    SafetensorsFile reference = SafetensorsFile.reference("metrics.safetensors");
    double[] scores = reference.doubles("scores");
    double[] labels = reference.doubles("labels");

    // when
    VerificationMetrics metrics = metrics(scores, labels);

    // then
    EqualErrorRate eer = metrics.equalErrorRate();
    assertThat(eer.rate()).isCloseTo(reference.doubles("eer")[0], TOLERANCE);
    assertThat(eer.threshold()).isCloseTo(reference.doubles("eer_threshold")[0], TOLERANCE);
    assertThat(metrics.minDcf(0.01)).isCloseTo(reference.doubles("min_dcf_p0.01")[0], TOLERANCE);
    assertThat(metrics.targets() + metrics.nonTargets()).isEqualTo(scores.length);
  }

  @Test
  void perfectSeparationHasNoError() {
    // given
    VerificationMetrics metrics =
        VerificationMetrics.of(
            new double[] {0.9, 0.1, 0.8, 0.2}, new boolean[] {true, false, true, false});

    // when
    EqualErrorRate eer = metrics.equalErrorRate();

    // then
    assertThat(eer).isEqualTo(new EqualErrorRate(0, 0.2));
    assertThat(metrics.minDcf(0.01)).isZero();
  }

  @Test
  void reversedScoresAreWrongAlways() {
    // given
    VerificationMetrics metrics =
        VerificationMetrics.of(new double[] {0.1, 0.9}, new boolean[] {true, false});

    // when, then
    assertThat(metrics.equalErrorRate().rate()).isEqualTo(1);
    assertThat(metrics.minDcf(0.01)).isEqualTo(1);
  }

  @Test
  void equalScoresFallOnTheSameSideSoThatOneScoreForAllIsAGuess() {
    // given
    VerificationMetrics metrics =
        VerificationMetrics.of(
            new double[] {0.5, 0.5, 0.5, 0.5}, new boolean[] {true, false, false, false});

    // when, then
    assertThat(metrics.equalErrorRate()).isEqualTo(new EqualErrorRate(0.5, 0.5));
    assertThat(metrics.at(0.5)).isEqualTo(new ErrorRates(0.5, 1, 0));
    assertThat(metrics.at(0.49)).isEqualTo(new ErrorRates(0.49, 0, 1));
  }

  @Test
  void theRateIsInterpolatedWhereTheCurvesCrossBetweenScores() {
    // given: up to 0.3 miss 0/2 and false alarm 1/3; up to 0.4 miss 1/2 and false alarm 1/3
    VerificationMetrics metrics =
        VerificationMetrics.of(
            new double[] {0.1, 0.3, 0.7, 0.4, 0.9},
            new boolean[] {false, false, false, true, true});

    // when
    EqualErrorRate eer = metrics.equalErrorRate();

    // then
    assertThat(eer.rate()).isCloseTo(1.0 / 3, TOLERANCE);
    assertThat(eer.threshold()).isEqualTo(0.4);
  }

  @Test
  void detectionCostFollowsPriorAndCosts() {
    // given: rejecting up to 0.3 costs one false alarm of three and no miss
    VerificationMetrics metrics =
        VerificationMetrics.of(
            new double[] {0.1, 0.3, 0.7, 0.4, 0.9},
            new boolean[] {false, false, false, true, true});

    // when, then
    assertThat(metrics.minDcf(0.5)).isCloseTo(1.0 / 3, TOLERANCE);
    assertThat(metrics.minDcf(0.5, 1, 10)).isCloseTo(0.5, TOLERANCE);
    assertThat(metrics.minDcf(0.5, 10, 1)).isCloseTo(1.0 / 3, TOLERANCE);
    assertThatThrownBy(() -> metrics.minDcf(1)).hasMessageContaining("prior of 1.0");
  }

  @Test
  void ratesAtAThresholdAreThoseCountedByHand() {
    // given
    Random random = new Random(7);
    double[] scores = random.doubles(1000).toArray();
    boolean[] labels = new boolean[1000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextBoolean();
    }

    // when
    ErrorRates rates = VerificationMetrics.of(scores, labels).at(0.3);

    // then
    int accepted = 0;
    int targets = 0;
    int falseAccepted = 0;
    for (int i = 0; i < scores.length; i++) {
      targets += labels[i] ? 1 : 0;
      accepted += labels[i] && scores[i] > 0.3 ? 1 : 0;
      falseAccepted += !labels[i] && scores[i] > 0.3 ? 1 : 0;
    }
    assertThat(rates.tpr()).isCloseTo((double) accepted / targets, TOLERANCE);
    assertThat(rates.fpr()).isCloseTo((double) falseAccepted / (1000 - targets), TOLERANCE);
  }

  @Test
  void aFalseAlarmRateIsKeptWithTheLowestThresholdThatDoes() {
    // given: non-targets 0.0 to 0.9
    TrialScores trials = new TrialScores();
    for (int i = 0; i < 10; i++) {
      trials.add(i / 10.0, false);
    }
    trials.add(0.75, true);
    VerificationMetrics metrics = trials.metrics();

    // when, then
    assertThat(metrics.atFalseAlarmRate(0.2)).isEqualTo(metrics.at(0.7));
    assertThat(metrics.atFalseAlarmRate(0.2).falseAlarm()).isCloseTo(0.2, TOLERANCE);
    assertThat(metrics.atFalseAlarmRate(0).miss()).isEqualTo(1);
    assertThat(metrics.atFalseAlarmRate(1).miss()).isZero();
  }

  @Test
  void theCurveRunsFromAcceptingAllToRejectingAllAndNeverTurnsBack() throws Exception {
    // given
    SafetensorsFile reference = SafetensorsFile.reference("metrics.safetensors");
    VerificationMetrics metrics = metrics(reference.doubles("scores"), reference.doubles("labels"));

    // when
    List<ErrorRates> curve = metrics.detPoints(50);

    // then
    assertThat(curve).hasSizeBetween(25, 50);
    assertThat(curve.get(0).falseAlarm()).isEqualTo(1);
    assertThat(curve.get(curve.size() - 1).miss()).isEqualTo(1);
    for (int i = 1; i < curve.size(); i++) {
      assertThat(curve.get(i).miss()).isGreaterThanOrEqualTo(curve.get(i - 1).miss());
      assertThat(curve.get(i).falseAlarm()).isLessThanOrEqualTo(curve.get(i - 1).falseAlarm());
      assertThat(curve.get(i)).isEqualTo(metrics.at(curve.get(i).threshold()));
    }
  }

  @Test
  void trialsOfOneKindOnlyAreRefused() {
    assertThatThrownBy(() -> new TrialScores().metrics())
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("0 and 0");
    assertThatThrownBy(() -> VerificationMetrics.of(new double[] {1}, new boolean[] {true}))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("1 and 0");
  }

  @Test
  void aScoreThatIsNoNumberIsRefusedByItsPlace() {
    assertThatThrownBy(
            () -> VerificationMetrics.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("Trial 1 has score NaN");
    assertThatThrownBy(() -> VerificationMetrics.of(new double[2], new boolean[1]))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("2 scores with 1 labels");
  }

  private static VerificationMetrics metrics(double[] scores, double[] labels) {
    TrialScores trials = new TrialScores();
    for (int i = 0; i < scores.length; i++) {
      trials.add(scores[i], labels[i] == 1);
    }
    return trials.metrics();
  }
}
