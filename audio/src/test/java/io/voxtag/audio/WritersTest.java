package io.voxtag.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {

  @ParameterizedTest
  @EnumSource(WavWriter.Coding.class)
  void wavComesBackWithinItsCoding(WavWriter.Coding coding) throws AudioFormatException {
    Recording recording = sixteenBit(2, 3_001);

    byte[] file = WavWriter.encode(recording, coding);
    Recording read = AudioFiles.read(file, "written");

    assertThat(read.sampleRate()).isEqualTo(16_000);
    boolean lossy = coding == WavWriter.Coding.A_LAW || coding == WavWriter.Coding.MU_LAW;
    for (int c = 0; c < 2; c++) {
      float difference = Reference.largestDifference(read.channels()[c], recording.channels()[c]);
      assertThat(read.channels()[c]).hasSize(3_001);
      assertThat(difference).isLessThanOrEqualTo(lossy ? 0.016f : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 4095, 4096, 4097, 20_000})
  void flacIsLossless(int frames) throws AudioFormatException {
    for (int channels : new int[] {1, 2, 8}) {
      Recording recording = sixteenBit(channels, frames);

      Recording read = AudioFiles.read(FlacWriter.encode(recording), "written");

      assertThat(read.channels()).isDeepEqualTo(recording.channels());
    }
  }

  @Test
  void flacIsLosslessForSilenceAndForTheLoudestNoise() throws AudioFormatException {
    float[] silence = new float[5_000];
    float[] loudest = new float[5_000];
    Random random = new Random(4);
    for (int i = 0; i < loudest.length; i++) {
      loudest[i] = random.nextBoolean() ? -1f : 32767 / 32768f;
    }
    Recording recording = new Recording(new float[][] {silence, loudest}, 8_000);

    Recording read = AudioFiles.read(FlacWriter.encode(recording), "written");

    assertThat(read.channels()).isDeepEqualTo(recording.channels());
  }

  @Test
  void flacOfATonalSignalIsSmall() {
    byte[] file = FlacWriter.encode(new Recording(new float[][] {tone(16_000, 16_000)}, 16_000));

    assertThat(file.length).isLessThan(16_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void opusComesBackAsLongAndAlike(int rate) throws AudioFormatException {
    float[] tone = tone(rate, rate + 123);

    byte[] file = OggOpusWriter.encode(new Pcm(tone, rate), OggOpusWriter.SPEECH_BIT_RATE);
    Recording read = AudioFiles.read(file, "written");

    assertThat(read.sampleRate()).isEqualTo(rate);
    assertThat(read.frames()).isEqualTo(tone.length);
    assertThat(Level.rmsDb(read.channels()[0])).isCloseTo(Level.rmsDb(tone), within(0.5));
    assertThat(file.length).isLessThan(9_000);
  }

  @Test
  void refusesWhatFlacCannotHold() {
    Recording nine = new Recording(new float[9][10], 16_000);

    assertThatThrownBy(() -> FlacWriter.encode(nine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 channels");
  }

  private static float[] tone(int rate, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = 0.4f * (float) Math.sin(2 * Math.PI * 440 * i / rate);
    }
    return samples;
  }

  private static Recording sixteenBit(int channels, int frames) {
    Random random = new Random(frames);
    float[][] samples = new float[channels][frames];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < frames; i++) {
        double value = 8_000 * Math.sin(i * 0.05 * (c + 1)) + 300 * random.nextGaussian();
        samples[c][i] = Math.round(value) / 32768f;
      }
    }
    return new Recording(samples, 16_000);
  }
}
