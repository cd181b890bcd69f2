package io.voxtag.scoring.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamingTest {

  @Test
  void twoClustersDoNotGetTheSameName() {
    // given: both are most like voice 0, the second one even more
    double[][] scores = {{0.6, 0.1}, {0.7, 0.2}};

    // when, then
    assertThat(Naming.assign(scores, 0.4)).containsExactly(Naming.NOBODY, 0);
  }

  @Test
  void aClusterTakesItsSecondBestWhereThatMakesTheWholeBetter() {
    assertThat(Naming.assign(new double[][] {{0.6, 0.55}, {0.7, 0.2}}, 0.4)).containsExactly(1, 0);
  }

  @Test
  void nobodyIsNamedByAScoreThatDoesNotExceedTheThreshold() {
    assertThat(Naming.assign(new double[][] {{0.4}, {-0.9}}, 0.4))
        .containsExactly(Naming.NOBODY, Naming.NOBODY);
    assertThat(Naming.assign(new double[][] {{}, {}}, 0.4))
        .containsExactly(Naming.NOBODY, Naming.NOBODY);
  }
}
