package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.network.LinearEmbedding.Projection;
import io.voxtag.voiceprint.training.config.DiscriminantConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class DiscriminantTest {
  private static final int CLASSES = 40;
  private static final int EACH = 50;

  private final SplittableRandom random = new SplittableRandom(5);
  private final List<float[]> samples = new ArrayList<>();
  private final int[] labels = new int[CLASSES * EACH];

  /** Classes differ in the first value; the second one is wide and says nothing. */
  DiscriminantTest() {
    for (int label = 0; label < CLASSES; label++) {
      double centre = 10 + 3 * random.nextGaussian();
      for (int i = 0; i < EACH; i++) {
        labels[samples.size()] = label;
        double wide = 20 * random.nextGaussian();
        samples.add(
            new float[] {
              (float) (centre + random.nextGaussian() + 0.2 * wide),
              (float) wide,
              (float) (4 * random.nextGaussian())
            });
      }
    }
  }

  @Test
  void theSpreadInsideClassesIsOneInAllDirectionsAndTheMeanIsZero() {
    Projection projection = Discriminant.fit(samples, labels, 3, 1e-9);

    List<float[]> mapped = samples.stream().map(projection::apply).toList();
    double[][] spread = new double[3][3];
    double[] mean = new double[3];
    for (int label = 0; label < CLASSES; label++) {
      double[] own = new double[3];
      for (int i = 0; i < EACH; i++) {
        for (int k = 0; k < 3; k++) {
          own[k] += mapped.get(label * EACH + i)[k] / EACH;
          mean[k] += mapped.get(label * EACH + i)[k] / mapped.size();
        }
      }
      for (int i = 0; i < EACH; i++) {
        float[] vector = mapped.get(label * EACH + i);
        for (int a = 0; a < 3; a++) {
          for (int b = 0; b < 3; b++) {
            spread[a][b] += (vector[a] - own[a]) * (vector[b] - own[b]) / (CLASSES * (EACH - 1.0));
          }
        }
      }
    }
    for (int a = 0; a < 3; a++) {
      assertThat(mean[a]).isCloseTo(0, within(1e-3));
      for (int b = 0; b < 3; b++) {
        assertThat(spread[a][b]).as("%d, %d", a, b).isCloseTo(a == b ? 1 : 0, within(1e-3));
      }
    }
  }

  @Test
  void theFirstDirectionIsTheOneThatTellsClassesApart() {
    Projection best = Discriminant.fit(samples, labels, 1, 1e-6);

    float[] row = best.weight()[0];
    // x - 0.2 y is free of what is wide, whatever the sign.
    assertThat(row[1] / row[0]).isCloseTo(-0.2f, within(0.01f));
    assertThat(row[2] / row[0]).isCloseTo(0f, within(0.05f));
  }

  @Test
  void aDirectionThatTellsKindsApartNoLongerTellsClassesApart() {
    // given: what tells classes apart and, ten times as far, two kinds of classes
    List<float[]> voices = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      int label = labels[i];
      float kind = label % 2 == 0 ? 30 : -30;
      voices.add(
          new float[] {
            samples.get(i)[0] - 0.2f * samples.get(i)[1],
            (float) (kind + random.nextGaussian()),
            samples.get(i)[2]
          });
    }
    Nuisance kinds =
        new Nuisance(List.of(), List.of(new float[] {10, 30, 0}, new float[] {10, -30, 0}), 1);

    // when
    float[] misled = Discriminant.fit(voices, labels, 1, 1e-6).weight()[0];
    float[] right = Discriminant.fit(voices, labels, kinds, 1, 1e-6).weight()[0];

    // then
    assertThat(Math.abs(misled[1] / misled[0])).isGreaterThan(5);
    assertThat(right[1] / right[0]).isCloseTo(0f, within(0.05f));
  }

  @Test
  void theSpreadOfKindsIsTheCovarianceOfTheirMeans() {
    DMatrixRMaj spread = new DMatrixRMaj(2, 2);

    new Nuisance(List.of(), List.of(new float[] {1, 2}, new float[] {3, -2}), 4).addDomains(spread);

    assertThat(spread.getData()).containsExactly(4, -8, -8, 16);
  }

  @Test
  void theSpreadInsideClassesThatCountMoreWeighsMore() {
    // given: every second class spreads three times as far in the last value
    List<float[]> voices = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      boolean far = labels[i] % 2 == 0;
      float[] voice = samples.get(i).clone();
      voice[2] = (float) ((far ? 3 : 1) * random.nextGaussian());
      voices.add(voice);
      weights.add(far ? 9.0 : 1.0);
    }

    // when
    Projection map = Discriminant.fit(voices, labels, new Nuisance(weights, List.of(), 0), 3, 1e-9);

    // then: nine tenths of 9 and a tenth of 1 are what became 1
    double square = 0;
    for (float[] row : map.weight()) {
      square += row[2] * row[2];
    }
    assertThat(1 / square).isCloseTo(8.2, within(0.5));
  }

  @Test
  void theLongestStartOfAPathSaysHowMuchASampleCounts() {
    DiscriminantConf config =
        new DiscriminantConf(
            2, 0, 1, 0.1, null, Map.of("a/", 2.0, "a/b/", 3.0, "a/b/c", 4.0), List.of(), null);
    CropVectors.Labelled samples =
        new CropVectors.Labelled(
            List.of(new float[1], new float[1], new float[1], new float[1]),
            new int[4],
            List.of("a/x", "a/b/x", "a/b/cx", "b/x"));

    assertThat(Nuisance.of(samples, config).weights()).containsExactly(2.0, 3.0, 4.0, 1.0);
  }

  @Test
  void oneMapAfterAnotherIsTheirJointMap() {
    Projection first = new Projection(new float[][] {{1, 2, 3}, {0, -1, 1}}, new float[] {5, 6});
    Projection second =
        new Projection(new float[][] {{2, 1}, {1, 0}, {0, 3}}, new float[] {1, 0, -1});

    float[] vector = {3, -2, 1};
    assertThat(first.then(second).apply(vector)).containsExactly(second.apply(first.apply(vector)));
  }

  @Test
  void speakersWithOneSampleAreTooFew() {
    assertThatThrownBy(() -> Discriminant.fit(samples.subList(0, 3), new int[] {0, 1, 2}, 1, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two samples or more");
  }
}
