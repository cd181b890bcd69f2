package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.4, 0.8, 1.5})
  void aSimulatedRoomDecaysInItsReverberationTime(double rt60) {
    for (int seed = 0; seed < 10; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] response = new ImageRoom(rt60, random).response(Signals.RATE, random);
      assertThat(response[0]).isEqualTo(1f);
      assertThat(decay(response))
          .as("seed %d", seed)
          .isCloseTo(rt60, Percentage.withPercentage(15));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5})
  void velvetNoiseDecaysInItsReverberationTime(double rt60) {
    float[] click = new float[2 * Signals.RATE];
    click[0] = 1;
    float[] response = Room.reverberate(click, Signals.RATE, rt60, new SplittableRandom(3));
    response[0] = 0;
    assertThat(decay(response)).isCloseTo(rt60, Percentage.withPercentage(10));
  }

  /** RT60 from the fall of the integrated energy from -5 to -25 dB (Schroeder, 1965). */
  private static double decay(float[] response) {
    double[] left = new double[response.length + 1];
    for (int i = response.length - 1; i >= 0; i--) {
      left[i] = left[i + 1] + (double) response[i] * response[i];
    }
    int from = response.length / 20;
    double reference = left[from];
    int at5 = from;
    while (10 * Math.log10(left[at5] / reference) > -5) {
      at5++;
    }
    int at25 = at5;
    while (10 * Math.log10(left[at25] / reference) > -25) {
      at25++;
    }
    return 3.0 * (at25 - at5) / Signals.RATE;
  }

  @Test
  void reverberationSmearsPausesAndKeepsTheLevel() {
    float[] speech = Signals.speech(1, 150);
    for (int i = 0; i < speech.length; i++) {
      speech[i] *= i / (Signals.RATE / 4) % 2 == 0 ? 1 : 0;
    }

    float[] wet = Reverberation.simulated(speech, 0.6, new SplittableRandom(8));

    assertThat(Signals.db(Signals.rms(wet) / Signals.rms(speech))).isCloseTo(0, within(0.01));
    double pause = 0;
    for (int i = Signals.RATE / 4; i < Signals.RATE / 4 + 1_600; i++) {
      pause += wet[i] * wet[i];
    }
    assertThat(pause).isGreaterThan(0.001);
  }

  @Test
  void convolutionIsThatOfTheDefinition() {
    float[] signal = Signals.noise(0.02, 1, 1);
    float[] response = Signals.noise(0.005, 1, 2);

    float[] fast = Convolution.apply(signal, response);

    for (int i = 0; i < signal.length; i++) {
      double sum = 0;
      for (int k = 0; k < response.length && k <= i; k++) {
        sum += (double) response[k] * signal[i - k];
      }
      assertThat((double) fast[i]).isCloseTo(sum, within(1e-5));
    }
  }

  @Test
  void aRecordedResponseBeginsWithItsDirectSound() throws IOException {
    float[] recorded = new float[4_000];
    recorded[1_000] = 0.8f;
    recorded[1_800] = 0.4f;
    AudioCache.Clip clip = Signals.clips(folder, recorded).get(0);
    float[] click = new float[8_000];
    click[100] = 0.5f;

    float[] wet = Reverberation.recorded(click, clip);

    assertThat(wet[900] / wet[100]).isCloseTo(0.5f, within(0.001f));
    assertThat(Signals.rms(wet)).isCloseTo(Signals.rms(click), within(1e-6));
    assertThat(wet[99]).isCloseTo(0f, within(1e-6f));
  }
}
