package io.voxtag.testkit.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSpeechTest {

  private static final Duration LENGTH = Duration.ofSeconds(6);
  private static final int RATE = 16_000;
  private static final int VOICES = 8;
  private static final double[][] FIRST = spectra(1);
  private static final double[][] SECOND = spectra(2);

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100})
  void speech_has_the_length_asked_for_at_any_rate_and_a_steady_level(int rate) {
    float[] speech = TestSpeech.speak(Voice.of(0), 1, LENGTH, rate);

    assertThat(speech).hasSize(6 * rate);
    assertThat(Spectra.peak(speech)).isLessThanOrEqualTo(0.95);
    assertThat(Spectra.rms(speech)).isBetween(0.05, 0.1001);
  }

  @Test
  void the_same_arguments_give_the_same_samples() {
    float[] once = TestSpeech.speak(Voice.of(3), 5, LENGTH, RATE);
    float[] again = TestSpeech.speak(Voice.of(3), 5, LENGTH, RATE);

    assertThat(again).containsExactly(once);
    assertThat(TestSpeech.speak(Voice.of(3), 6, LENGTH, RATE)).isNotEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void two_sentences_of_a_voice_are_closer_than_those_of_any_other_voice(int number) {
    // given
    double[] one = FIRST[number];

    // when
    double same = Spectra.distance(one, SECOND[number]);

    // then
    for (int other = 0; other < VOICES; other++) {
      if (other != number) {
        assertThat(Spectra.distance(one, SECOND[other]))
            .as("voice %d to voice %d", number, other)
            .isGreaterThan(same);
      }
    }
  }

  @Test
  void speech_has_pauses() {
    float[] speech = TestSpeech.speak(Voice.of(1), 1, LENGTH, RATE);

    double silent = Spectra.quietShare(speech, RATE / 50, 0.01);

    assertThat(silent).isBetween(0.1, 0.5);
  }

  @Test
  void ringing_is_on_for_two_seconds_of_six() {
    float[] ringing = TestSpeech.ringing(Duration.ofSeconds(12), 8_000);

    assertThat(Spectra.quietShare(ringing, 80, 0.001)).isCloseTo(4 / 6.0, within(0.01));
  }

  @Test
  void noise_has_the_level_asked_for() {
    float[] noise = TestSpeech.whiteNoise(LENGTH, RATE, -30, 1);

    assertThat(20 * Math.log10(Spectra.rms(noise))).isCloseTo(-30, within(0.1));
  }

  @Test
  void signals_are_joined_in_order() {
    float[] joined =
        TestSpeech.concat(
            TestSpeech.silence(Duration.ofSeconds(1), 8_000),
            TestSpeech.tones(Duration.ofSeconds(1), 8_000, 440));

    assertThat(joined).hasSize(16_000);
    assertThat(joined[7_999]).isZero();
    assertThat(joined[8_010]).isNotZero();
  }

  @Test
  void a_rate_too_low_for_speech_is_refused() {
    assertThatThrownBy(() -> TestSpeech.silence(LENGTH, 4_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4000");
  }

  private static double[][] spectra(int sentence) {
    return IntStream.range(0, VOICES)
        .mapToObj(voice -> TestSpeech.speak(Voice.of(voice), sentence, LENGTH.plus(LENGTH), RATE))
        .map(speech -> Spectra.meanLogBands(speech, RATE))
        .toArray(double[][]::new);
  }
}
