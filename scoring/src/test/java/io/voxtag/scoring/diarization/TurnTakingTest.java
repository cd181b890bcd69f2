package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnTakingTest {

  @Test
  void theMostProbablePathIsTheOneCalculatedByHand() {
    // given: the middle window favours 1 by a factor of 3, and a handover costs one of 9 each way
    double[][] scores = {logs(0.9, 0.1), logs(0.25, 0.75), logs(0.9, 0.1)};

    // when, then: 0.9 0.25 0.9 * 0.9 0.9 exceeds 0.9 0.75 0.9 * 0.1 0.1
    assertThat(new TurnTaking(scores, all(0.1, 3)).path()).containsExactly(0, 0, 0);
    assertThat(new TurnTaking(scores, all(0.5, 3)).path()).containsExactly(0, 1, 0);
  }

  @Test
  void posteriorsAreThoseCalculatedByHand() {
    // given
    double[][] scores = {logs(0.8, 0.2), logs(0.4, 0.6)};

    // when
    double[][] posteriors = new TurnTaking(scores, all(0.25, 2)).posteriors();

    // then: paths 00 0.24, 01 0.12, 10 0.02, 11 0.09
    assertThat(posteriors[0]).containsExactly(new double[] {36 / 47.0, 11 / 47.0}, within(1e-12));
    assertThat(posteriors[1]).containsExactly(new double[] {26 / 47.0, 21 / 47.0}, within(1e-12));
  }

  @Test
  void agreesWithTryingAllPaths() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      // given
      double[][] scores = new double[5][3];
      double[] handover = new double[5];
      for (int t = 0; t < 5; t++) {
        Arrays.setAll(scores[t], k -> 3 * random.nextGaussian());
        handover[t] = 0.05 + 0.6 * random.nextDouble();
      }
      TurnTaking chain = new TurnTaking(scores, handover);

      // when
      int[] path = chain.path();
      double[][] posteriors = chain.posteriors();

      // then
      double[][] expected = new double[5][3];
      int[] best = new int[5];
      double most = 0;
      double sum = 0;
      for (int code = 0; code < 243; code++) {
        int[] tried = new int[5];
        for (int t = 0, rest = code; t < 5; t++, rest /= 3) {
          tried[t] = rest % 3;
        }
        double probability = probability(scores, handover, tried);
        sum += probability;
        for (int t = 0; t < 5; t++) {
          expected[t][tried[t]] += probability;
        }
        if (probability > most) {
          most = probability;
          best = tried;
        }
      }
      assertThat(path).isEqualTo(best);
      for (int t = 0; t < 5; t++) {
        for (int k = 0; k < 3; k++) {
          assertThat(posteriors[t][k]).isCloseTo(expected[t][k] / sum, within(1e-9));
        }
      }
    }
  }

  @Test
  void aSingleSpeakerHasAllWindowsForSure() {
    TurnTaking chain = new TurnTaking(new double[][] {{-1e9}, {-5}, {0}}, all(0.1, 3));

    assertThat(chain.path()).containsExactly(0, 0, 0);
    assertThat(chain.posteriors()).isDeepEqualTo(new double[][] {{1}, {1}, {1}});
  }

  private static double probability(double[][] scores, double[] handover, int[] path) {
    double probability = Math.exp(scores[0][path[0]]);
    for (int t = 1; t < path.length; t++) {
      double step = path[t] == path[t - 1] ? 1 - handover[t] : handover[t] / 2;
      probability *= step * Math.exp(scores[t][path[t]]);
    }
    return probability;
  }

  private static double[] logs(double... values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  private static double[] all(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }
}
