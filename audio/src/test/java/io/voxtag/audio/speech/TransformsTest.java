package io.voxtag.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.audio.Resampler;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast transforms against plain sums, sorting and the general resampler. */
class TransformsTest {

  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64, 256, 512})
  void theFourierTransformIsThatOfItsDefinition(int size) {
    int lanes = 3;
    float[][] re = noise(size, lanes);
    float[][] im = noise(size, lanes);
    double[][] expectedRe = new double[size][lanes];
    double[][] expectedIm = new double[size][lanes];
    for (int f = 0; f < size; f++) {
      for (int i = 0; i < size; i++) {
        double cos = Math.cos(-2 * Math.PI * f * i / size);
        double sin = Math.sin(-2 * Math.PI * f * i / size);
        for (int l = 0; l < lanes; l++) {
          expectedRe[f][l] += re[i][l] * cos - im[i][l] * sin;
          expectedIm[f][l] += re[i][l] * sin + im[i][l] * cos;
        }
      }
    }

    Fft fft = new Fft(size);
    fft.transform(re, im, lanes);

    for (int f = 0; f < size; f++) {
      for (int l = 0; l < lanes; l++) {
        assertThat((double) re[fft.row(f)][l]).isCloseTo(expectedRe[f][l], within(1e-4));
        assertThat((double) im[fft.row(f)][l]).isCloseTo(expectedIm[f][l], within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 160, 161, 300, 3_000})
  void autocorrelationsAreCosineTransformsOfTheirFrames(int frames) {
    int maxLag = 134;
    float[][] power = new float[Spectra.BINS][frames];
    for (int b = 4; b < Spectra.BINS; b++) {
      for (int k = 0; k < frames; k++) {
        power[b][k] = random.nextFloat();
      }
    }
    float[][] found = new float[frames][];
    Lanes lanes = Autocorrelation.lanes(frames);
    Autocorrelation correlation = new Autocorrelation(lanes, maxLag);
    for (; lanes.any(); lanes.next()) {
      correlation.transform(power, 4, Spectra.BINS - 1);
      for (int l = 0; l < lanes.count(); l++) {
        found[lanes.frame() + l] = column(correlation.first(), l);
      }
      for (int l = 0; l < lanes.secondCount(); l++) {
        found[lanes.secondFrame() + l] = column(correlation.second(), l);
      }
    }

    for (int k = 0; k < frames; k += 1 + frames / 20) {
      for (int lag = 0; lag <= maxLag; lag++) {
        double expected = 0;
        for (int b = 4; b < Spectra.BINS; b++) {
          expected += power[b][k] * Math.cos(2 * Math.PI * b * lag / Spectra.FFT);
        }
        assertThat((double) found[k][lag]).isCloseTo(expected, within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 3_000, 3_500})
  void theHalfBandFilterAgreesWithTheResamplerBelowItsEdge(int hertz) {
    float[] samples = tone(hertz, 5_001);
    float[] expected = Resampler.resample(samples, 16_000, 8_000);

    float[] found = new float[2_501];
    HalfBand.decimate(samples, found, 0);

    for (int i = 200; i < found.length - 200; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(5e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_500, 5_000, 6_500, 7_900})
  void theHalfBandFilterFoldsNothingBackIntoTheBand(int hertz) {
    float[] found = new float[2_500];
    HalfBand.decimate(tone(hertz, 5_000), found, 0);

    for (int i = 200; i < found.length - 200; i++) {
      assertThat(found[i]).isCloseTo(0, within(5e-4f));
    }
  }

  @Test
  void theHalfBandFilterLeavesRoomInFrontAndTakesSilenceForWhatIsMissing() {
    float[] found = new float[40];
    HalfBand.decimate(new float[] {0, 0, 1, 0, 0}, found, 10);

    assertThat(Arrays.copyOf(found, 10)).containsOnly(0);
    assertThat(found[11]).isEqualTo(0.5f);
    assertThat(Arrays.copyOfRange(found, 13, 40)).containsOnly(0);
    HalfBand.decimate(new float[0], found, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 151, 300})
  void percentilesAreThoseOfTheSortedValues(int count) {
    for (double percentile : new double[] {0, 0.15, 0.5, 0.98, 1}) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = i % 3 == 0 ? 0.25f : random.nextFloat() * random.nextInt(2);
      }
      float[] sorted = values.clone();
      Arrays.sort(sorted);

      float found = Percentile.of(values, percentile);

      assertThat(found).isEqualTo(sorted[(int) (percentile * (count - 1))]);
    }
  }

  private float[][] noise(int rows, int lanes) {
    float[][] noise = new float[rows][lanes];
    for (float[] row : noise) {
      for (int l = 0; l < lanes; l++) {
        row[l] = random.nextFloat() - 0.5f;
      }
    }
    return noise;
  }

  private static float[] column(float[][] rows, int at) {
    float[] column = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      column[i] = rows[i][at];
    }
    return column;
  }

  private static float[] tone(int hertz, int samples) {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / 16_000);
    }
    return tone;
  }
}
