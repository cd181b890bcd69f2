package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevelTest {

  @Test
  void aSquareWaveOfFullScaleHasZeroDecibels() {
    assertThat(Level.rmsDb(new float[] {1, -1, 1, -1})).isEqualTo(0);
    assertThat(Level.rmsDb(new float[] {0.1f, -0.1f})).isCloseTo(-20, within(1e-5));
    assertThat(Level.rmsDb(new float[3])).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void bringsSamplesToTheTarget() {
    float[] quiet = {0.001f, -0.002f, 0.003f};

    float[] normal = Level.normalise(quiet, -20);

    assertThat(Level.rmsDb(normal)).isCloseTo(-20, within(1e-4));
    assertThat(normal[2] / normal[0]).isCloseTo(3f, within(1e-4f));
  }

  @Test
  void refusesSilenceAndTooMuchGain() {
    assertThatThrownBy(() -> Level.normalise(new float[100], -20))
        .isInstanceOf(SilentAudioException.class)
        .hasMessageContaining("the most is 300.0 dB");
    assertThatThrownBy(() -> Level.normalise(new float[] {1e-3f}, -20, 30))
        .isInstanceOf(SilentAudioException.class);
  }
}
