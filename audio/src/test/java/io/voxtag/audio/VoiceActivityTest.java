package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceActivityTest {

  private static final int RATE = VoiceActivity.SAMPLE_RATE;

  private final VoiceActivity voice = new VoiceActivity();
  private final Random random = new Random(1);

  @Test
  void silenceIsNotSpeech() {
    assertThat(voice.detect(new float[3 * RATE]).netSpeechMs()).isZero();
    assertThat(voice.detect(new float[0]).speech()).isEmpty();
    assertThat(voice.detect(new float[100]).speech()).isEmpty();
    assertThat(voice.detect(new float[3 * RATE]).snrDb()).isEqualTo(-10);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.001f, 0.05f, 0.3f})
  void noiseIsNotSpeech(float level) {
    for (int i = 0; i < 5; i++) {
      assertThat(voice.detect(white(level)).netSpeechMs()).isZero();
      assertThat(voice.detect(pink(level)).netSpeechMs()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "425",
        "350 440",
        "440 480",
        "480 620",
        "400",
        "1000",
        "2100",
        "200",
        "150",
        "697 1209"
      })
  void telephoneTonesAreNotSpeech(String hertz) {
    double[] tones = Arrays.stream(hertz.split(" ")).mapToDouble(Double::parseDouble).toArray();
    for (int cadenceMs : new int[] {3_000, 1_000, 500, 200, 100}) {
      float[] samples = new float[3 * RATE];
      for (int i = 0; i < samples.length; i++) {
        boolean on = i / (cadenceMs * RATE / 1_000) % 2 == 0;
        for (double tone : tones) {
          samples[i] += on ? 0.1f * (float) Math.sin(2 * Math.PI * tone * i / RATE) : 0;
        }
        samples[i] += 0.0005f * (float) random.nextGaussian();
      }
      assertThat(voice.detect(samples).netSpeechMs()).as("every %d ms", cadenceMs).isZero();
    }
  }

  @Test
  void vowelsAreSpeechAndThePausesBetweenThemAreNot() {
    float[] samples = new float[3 * RATE];
    vowel(samples, 0.5, 0.9, 120);
    vowel(samples, 1.8, 2.3, 120);
    addNoise(samples, 0.001f);

    SpeechActivity activity = voice.detect(samples);

    assertThat(activity.speech()).hasSize(300);
    assertThat(activity.netSpeechMs()).isBetween(800, 1_300);
    assertThat(activity.speech()[70]).isTrue();
    assertThat(activity.speech()[200]).isTrue();
    assertThat(activity.speech()[20]).isFalse();
    assertThat(activity.speech()[140]).isFalse();
    assertThat(activity.speech()[280]).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 15, 20, 30})
  void estimatesTheSignalToNoiseRatio(int snrDb) {
    float[] samples = new float[3 * RATE];
    vowel(samples, 0.5, 1.1, 110);
    vowel(samples, 1.6, 2.4, 180);
    float[] loud = Arrays.copyOfRange(samples, (int) (1.6 * RATE), (int) (2.4 * RATE));
    addNoise(samples, (float) Math.pow(10, (Level.rmsDb(loud) - snrDb) / 20));

    SpeechActivity activity = voice.detect(samples);

    assertThat((double) activity.snrDb()).isCloseTo(snrDb, within(3.5));
  }

  /** Half of a word is missed where it has no pitch: it is loud, but no noise. */
  @Test
  void wordsThatAreMissedAreNoNoise() {
    float[] samples = new float[3 * RATE];
    vowel(samples, 0.5, 1.1, 110);
    vowel(samples, 1.6, 2.2, 180);
    for (int i = (int) (2.5 * RATE); i < 2.8 * RATE; i++) {
      samples[i] += 0.03f * (float) random.nextGaussian();
    }
    addNoise(samples, 0.0003f);

    SpeechActivity activity = voice.detect(samples);

    assertThat(activity.speech()[265]).isFalse();
    assertThat(activity.snrDb()).isGreaterThan(30);
  }

  @Test
  void digitalSilenceInThePausesIsTheHighestRatio() {
    float[] samples = new float[3 * RATE];
    vowel(samples, 0.5, 1.1, 110);
    vowel(samples, 1.6, 2.4, 180);

    assertThat(voice.detect(samples).snrDb()).isEqualTo(60);
  }

  @Test
  void theSameWindowGivesTheSameAnswerWhateverCameBefore() {
    float[] samples = new float[2 * RATE];
    vowel(samples, 0.3, 1.2, 200);
    SpeechActivity first = new VoiceActivity().detect(samples);
    voice.detect(white(0.3f));

    SpeechActivity again = voice.detect(samples);

    assertThat(again.speech()).isEqualTo(first.speech());
    assertThat(again.snrDb()).isEqualTo(first.snrDb());
  }

  @Test
  void aLongRecordingIsDecidedPieceByPiece() {
    float[] samples = new float[70 * RATE];
    for (int second = 0; second < 70; second += 2) {
      vowel(samples, second + 0.5, second + 1.1, 150);
    }
    addNoise(samples, 0.001f);

    SpeechActivity activity = voice.detect(samples);

    assertThat(activity.speech()).hasSize(7_000);
    assertThat(activity.netSpeechMs()).isBetween(35 * 500, 35 * 900);
  }

  /** A gliding harmonic tone with two formants and a rising and falling level. */
  private static void vowel(float[] out, double fromS, double toS, double hertz) {
    double phase = 0;
    int from = (int) (fromS * RATE);
    int to = (int) (toS * RATE);
    for (int i = from; i < to; i++) {
      double position = (double) (i - from) / (to - from);
      double pitch = hertz * (1 + 0.1 * Math.sin(2 * Math.PI * position));
      phase += 2 * Math.PI * pitch / RATE;
      double sum = 0;
      for (int h = 1; h * pitch < 3_500; h++) {
        double f = h * pitch;
        double gain = 1 / (1 + square((f - 600) / 200)) + 0.3 / (1 + square((f - 1_700) / 250));
        sum += gain * Math.sin(h * phase);
      }
      out[i] += (float) (0.1 * Math.sin(Math.PI * position) * sum);
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private void addNoise(float[] samples, float level) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] += level * (float) random.nextGaussian();
    }
  }

  private float[] white(float level) {
    float[] samples = new float[3 * RATE];
    addNoise(samples, level);
    return samples;
  }

  /** Paul Kellet's filter. */
  private float[] pink(float level) {
    float[] samples = new float[3 * RATE];
    double a = 0;
    double b = 0;
    double c = 0;
    for (int i = 0; i < samples.length; i++) {
      double white = random.nextGaussian();
      a = 0.99765 * a + white * 0.0990460;
      b = 0.96300 * b + white * 0.2965164;
      c = 0.57000 * c + white * 1.0526913;
      samples[i] = (float) (level * 0.3 * (a + b + c + white * 0.1848));
    }
    return samples;
  }
}
