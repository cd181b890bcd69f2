package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusteredTrialsTest {

  private static ClusteredTrials trials(int voices, int each, double distance, long seed) {
    Random random = new Random(seed);
    ClusteredTrials trials = new ClusteredTrials();
    for (int voice = 0; voice < voices; voice++) {
      for (int i = 0; i < each; i++) {
        trials.add("v" + voice, random.nextGaussian() + distance, true);
        trials.add("v" + voice, random.nextGaussian(), false);
      }
    }
    return trials;
  }

  @Test
  void theIntervalHoldsTheKnownRateOfTwoNormalDistributions() {
    // EER of two unit normal distributions 2 apart is Phi(-1).
    ClusteredTrials trials = trials(100, 40, 2, 1);

    Interval interval = trials.equalErrorRate(500, 0.99, 7);

    assertThat(interval.low()).isLessThan(0.1587);
    assertThat(interval.high()).isGreaterThan(0.1587);
    // The standard error of independent trials is about sqrt(p (1 - p) / 4000 / 2) = 0.4 %.
    assertThat(interval.high() - interval.low()).isCloseTo(0.021, within(0.008));
    assertThat(trials.metrics().equalErrorRate().rate()).isBetween(interval.low(), interval.high());
  }

  @Test
  void hardAndEasyVoicesMakeTheIntervalWiderThanTheirTrialsAlone() {
    ClusteredTrials alike = trials(40, 50, 2, 3);
    ClusteredTrials mixed = new ClusteredTrials();
    Random random = new Random(3);
    for (int voice = 0; voice < 40; voice++) {
      double distance = voice % 2 == 0 ? 0.5 : 3.5;
      for (int i = 0; i < 50; i++) {
        mixed.add("v" + voice, random.nextGaussian() + distance, true);
        mixed.add("v" + voice, random.nextGaussian(), false);
      }
    }

    assertThat(width(mixed.equalErrorRate(400, 0.95, 1)))
        .isGreaterThan(1.5 * width(alike.equalErrorRate(400, 0.95, 1)));
  }

  @Test
  void theSameScoresDifferByNothing() {
    ClusteredTrials trials = trials(20, 20, 1, 5);

    assertThat(trials.difference(trials, 200, 0.95, 1)).isEqualTo(new Interval(0, 0));
  }

  @Test
  void aBetterModelIsSeenThroughWhatIsHardForBoth() {
    ClusteredTrials better = new ClusteredTrials();
    ClusteredTrials worse = new ClusteredTrials();
    Random random = new Random(9);
    for (int voice = 0; voice < 30; voice++) {
      for (int i = 0; i < 40; i++) {
        double hard = random.nextGaussian();
        double noise = random.nextGaussian();
        better.add("v" + voice, hard + 2, true);
        worse.add("v" + voice, hard + 1.5, true);
        better.add("v" + voice, noise, false);
        worse.add("v" + voice, noise, false);
      }
    }

    Interval difference = better.difference(worse, 300, 0.95, 1);

    assertThat(difference.high()).isLessThan(0);
  }

  @Test
  void otherVoicesAreRefused() {
    ClusteredTrials other = new ClusteredTrials();
    other.add("somebody", 1, true);
    other.add("somebody", 0, false);

    assertThatThrownBy(() -> trials(2, 2, 1, 1).difference(other, 10, 0.95, 1))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("same voices");
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> new ClusteredTrials().add("a", Double.NaN, true))
        .isInstanceOf(InvalidTrialsException.class)
        .hasMessageContaining("NaN");
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }
}
