package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {

  private static final double DAMPED = Math.pow(10, -85 / 20.0);

  @ParameterizedTest
  @CsvSource({
    "8000, 16000",
    "44100, 16000",
    "48000, 16000",
    "16000, 8000",
    "11025, 16000",
    "44101, 15999",
    "192000, 16000",
    "4000, 192000",
    "16000, 16000"
  })
  void anyChunkingGivesTheSamplesOfOnePiece(int from, int to) {
    Random random = new Random(from + to);
    float[] input = noise(from / 2 + 17, random);
    float[] whole = Resampler.resample(input, from, to);
    Resampler resampler = new Resampler(from, to);

    for (int longest : new int[] {1, 7, 160, 4000}) {
      float[] joined = new float[whole.length];
      int at = 0;
      for (int i = 0; i < input.length; ) {
        int count = Math.min(input.length - i, longest == 1 ? 1 : random.nextInt(longest + 1));
        at = append(resampler.process(Arrays.copyOfRange(input, i, i + count)), joined, at);
        i += count;
      }
      at = append(resampler.flush(), joined, at);

      assertThat(at).isEqualTo(whole.length);
      assertThat(joined).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({"8000, 16000, 3", "44100, 16000, 5", "16000, 44100, 1", "44101, 15999, 100"})
  void givesTheDocumentedNumberOfSamples(int from, int to, int length) {
    long expected = ((long) length * to + from - 1) / from;

    assertThat(Resampler.resample(new float[length], from, to)).hasSize((int) expected);
    assertThat(Resampler.resample(new float[0], from, to)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8000, 16000",
    "44100, 16000",
    "48000, 16000",
    "16000, 8000",
    "22050, 16000",
    "44101, 15999"
  })
  void passesTonesUpToNineTenthsUnchangedAndInPlace(int from, int to) {
    double lower = Math.min(from, to) / 2.0;
    for (double share : new double[] {0.02, 0.3, 0.6, 0.9}) {
      double hertz = share * lower;

      float[] output = Resampler.resample(tone(hertz, from), from, to);

      double worst = 0;
      for (int i = output.length / 4; i < output.length * 3 / 4; i++) {
        double expected = Math.sin(2 * Math.PI * hertz * i / to);
        worst = Math.max(worst, Math.abs(output[i] - expected));
      }
      assertThat(worst).as("%.0f Hz", hertz).isLessThan(DAMPED);
    }
  }

  @ParameterizedTest
  @CsvSource({"44100, 16000", "48000, 16000", "16000, 8000", "44101, 15999"})
  void letsNothingThroughThatWouldAlias(int from, int to) {
    for (double share : new double[] {1.0, 1.05, 1.3}) {
      double hertz = share * to / 2;

      float[] output = Resampler.resample(tone(hertz, from), from, to);

      float[] middle = Arrays.copyOfRange(output, output.length / 4, output.length * 3 / 4);
      assertThat(Level.rmsDb(middle)).as("%.0f Hz", hertz).isLessThan(-85);
    }
  }

  @Test
  void makesNoImagesAboveTheOldBand() {
    // 3 kHz at 8 kHz has its image at 5 kHz; at 16 kHz nothing may be there.
    float[] output = Resampler.resample(tone(3_000, 8_000), 8_000, 16_000);

    double re = 0;
    double im = 0;
    int from = 4_000;
    int count = 8_000;
    for (int i = from; i < from + count; i++) {
      double window = 1 - Math.cos(2 * Math.PI * (i - from) / count);
      re += window * output[i] * Math.cos(2 * Math.PI * 5_000 * i / 16_000);
      im += window * output[i] * Math.sin(2 * Math.PI * 5_000 * i / 16_000);
    }
    assertThat(2 * Math.hypot(re, im) / count).isLessThan(DAMPED);
  }

  @ParameterizedTest
  @CsvSource({"16000, 5e-4", "8000, 5e-4", "48000, 5e-4"})
  void agreesWithSox(int to, float tolerance) {
    float[] input = Reference.floats("sweep-44100.f32");
    float[] expected = Reference.floats("sweep-" + to + ".f32");

    float[] output = Resampler.resample(input, 44_100, to);

    assertThat(output).hasSize(expected.length);
    // The sweep leaves the pass-band of 8 kHz half way; both ends ring differently.
    int end = to == 8_000 ? expected.length / 2 : expected.length * 9 / 10;
    float[] ours = Arrays.copyOfRange(output, expected.length / 10, end);
    float[] theirs = Arrays.copyOfRange(expected, expected.length / 10, end);
    assertThat(Reference.largestDifference(ours, theirs)).isLessThan(tolerance);
  }

  @Test
  void saysHowLateItIs() {
    Resampler resampler = new Resampler(8_000, 16_000);
    int early = resampler.process(new float[resampler.latencySamples()]).length;
    int late = resampler.process(new float[100]).length;

    assertThat(early).isLessThanOrEqualTo(2);
    assertThat(late).isEqualTo(200);
    assertThat(resampler.latencySamples()).isLessThan(160);
  }

  @Test
  void refusesRatesOutsideItsRange() {
    assertThatThrownBy(() -> new Resampler(3_999, 16_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3999");
    assertThatThrownBy(() -> new Resampler(16_000, 192_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int append(float[] part, float[] all, int at) {
    System.arraycopy(part, 0, all, at, part.length);
    return at + part.length;
  }

  private static float[] tone(double hertz, int rate) {
    float[] samples = new float[rate];
    for (int i = 0; i < rate; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * hertz * i / rate);
    }
    return samples;
  }

  private static float[] noise(int length, Random random) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) random.nextGaussian() * 0.1f;
    }
    return samples;
  }
}
