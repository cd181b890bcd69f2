package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {
  private static final Path SHIPPED = Path.of("..", "configs", "augmentation.yml");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {0, 12, 30})
  void noiseHasTheConfiguredRatioToSpeech(double snr) throws IOException {
    float[] speech = Signals.speech(1, 150);
    Augmenter augmenter =
        new Augmenter(
            config("noise: {prob: 1, min_snr_dB: %s, max_snr_dB: %s}".formatted(snr, snr)),
            Signals.clips(folder, Signals.noise(2, 0.3, 3)),
            List.of());

    float[] noisy = augmenter.apply(speech, new SplittableRandom(1));

    float[] noise = new float[speech.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noisy[i] - speech[i];
    }
    assertThat(Signals.db(Signals.rms(speech) / Signals.rms(noise))).isCloseTo(snr, within(0.01));
  }

  @Test
  void severalNoisesAreAddedOneByOne() throws IOException {
    float[] speech = Signals.speech(1, 150);
    List<AudioCache.Clip> tones =
        Signals.clips(folder, Signals.sine(1, 3_000, 0.3), Signals.sine(1, 5_000, 0.3));
    Augmenter augmenter =
        new Augmenter(
            config("noise: {prob: 1, repetition: 4, min_snr_dB: 10, max_snr_dB: 10}"),
            tones,
            List.of());

    boolean both =
        IntStream.range(0, 20)
            .mapToObj(seed -> augmenter.apply(speech, new SplittableRandom(seed)))
            .anyMatch(a -> tone(a, 3_010) > 0.001 && tone(a, 5_010) > 0.001);

    assertThat(both).isTrue();
  }

  private static double tone(float[] audio, double hz) {
    return Signals.amplitude(audio, hz - 10, Signals.RATE);
  }

  @Test
  void babbleStaysWellBelowTheSpeaker() throws IOException {
    float[] speech = Signals.speech(1, 150);
    Augmenter augmenter =
        new Augmenter(
            config("noise: {prob: 0, babble_prob: 1, min_snr_dB: -5, max_snr_dB: -5}"),
            List.of(),
            Signals.clips(folder, Signals.speech(2, 230), Signals.speech(2, 90)));

    float[] heard = augmenter.apply(speech, new SplittableRandom(1));

    float[] babble = new float[speech.length];
    for (int i = 0; i < babble.length; i++) {
      babble[i] = heard[i] - speech[i];
    }
    assertThat(Signals.db(Signals.rms(speech) / Signals.rms(babble))).isCloseTo(8, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"0.9", "1.1", "1.05"})
  void speedChangesPitchAndDurationByItsFactor(double rate) {
    float[] tone = Signals.sine(1, 1_000, 0.5);
    Augmenter augmenter =
        augmenter("speed: {prob: 1, min_speed_rate: %s, max_speed_rate: %s}".formatted(rate, rate));

    float[] whole = augmenter.applyWhole(tone, new SplittableRandom(1));

    assertThat((double) whole.length).isCloseTo(tone.length / rate, within(1.0));
    assertThat(Signals.amplitude(whole, 1_000 * rate, Signals.RATE)).isCloseTo(0.5, within(0.01));
    assertThat(Signals.amplitude(whole, 1_000, Signals.RATE)).isLessThan(0.01);
    assertThat(augmenter.apply(tone, new SplittableRandom(1))).hasSameSizeAs(tone);
  }

  @Test
  void fasterSpeechFillsTheResultWhenItIsGivenWhatItNeeds() {
    float[] tone = Signals.sine(2, 1_000, 0.5);
    Augmenter augmenter = augmenter("speed: {prob: 1, min_speed_rate: 1.1, max_speed_rate: 1.1}");
    int length = Signals.RATE;

    int needed = augmenter.samplesNeeded(length);
    float[] changed = augmenter.apply(Arrays.copyOf(tone, needed), length, new SplittableRandom(1));

    assertThat(needed).isEqualTo(17_600);
    assertThat(changed).hasSize(length);
    // A seam would spread the tone over other frequencies.
    assertThat(Signals.amplitude(changed, 1_100, Signals.RATE)).isCloseTo(0.5, within(0.005));
  }

  @Test
  void threeRatesAreAllDrawnAndNoOther() {
    float[] tone = Signals.sine(0.2, 1_000, 0.5);
    Augmenter augmenter = augmenter("speed: {prob: 1, num_rates: 3}");

    List<Integer> lengths =
        IntStream.range(0, 30)
            .mapToObj(seed -> augmenter.applyWhole(tone, new SplittableRandom(seed)).length)
            .distinct()
            .sorted()
            .toList();

    assertThat(lengths).containsExactly(2910, 3200, 3556);
  }

  @Test
  void speedsThatAreClassesLeaveTheCropAlone() {
    AugmentConfig config = config("speed: {prob: 1, speed_perturb_3_class: true}");
    float[] tone = Signals.sine(0.2, 1_000, 0.5);

    assertThat(config.speedClasses()).containsExactly(1.0, 0.9, 1.1);
    assertThat(
            new Augmenter(config, List.of(), List.of()).applyWhole(tone, new SplittableRandom(1)))
        .isEqualTo(tone);
  }

  @ParameterizedTest
  @CsvSource({"3, 48", "-3, -48", "0, 0"})
  void shiftMovesSpeechAndFillsWithSilence(double milliseconds, int samples) {
    float[] speech = Signals.noise(0.1, 0.5, 1);
    Augmenter augmenter =
        augmenter(
            "shift: {prob: 1, min_shift_ms: %s, max_shift_ms: %s}"
                .formatted(milliseconds, milliseconds));

    float[] shifted = augmenter.apply(speech, new SplittableRandom(1));

    for (int i = 0; i < speech.length; i++) {
      int from = i - samples;
      assertThat(shifted[i]).isEqualTo(from < 0 || from >= speech.length ? 0 : speech[from]);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-15, -3, 6})
  void volumeChangesTheLevel(double gain) {
    float[] speech = Signals.speech(0.5, 150);
    Augmenter augmenter =
        augmenter("volume: {prob: 1, min_gain_dBFS: %s, max_gain_dBFS: %s}".formatted(gain, gain));

    float[] changed = augmenter.apply(speech, new SplittableRandom(1));

    assertThat(Signals.db(Signals.rms(changed) / Signals.rms(speech)))
        .isCloseTo(gain, within(0.01));
  }

  @Test
  void volumeDoesNotClip() {
    float[] tone = Signals.sine(0.5, 500, 0.5);

    float[] loud =
        augmenter("volume: {prob: 1, min_gain_db: 15, max_gain_db: 15}")
            .apply(tone, new SplittableRandom(1));

    assertThat(Levels.peak(loud)).isCloseTo(1f, within(1e-6f));
    assertThat(Signals.correlation(loud, tone)).isCloseTo(1, within(1e-9));
  }

  @Test
  void resamplingToALowerRateCutsWhatItCannotHold() {
    float[] noise = Signals.noise(1, 0.5, 1);

    float[] narrow =
        augmenter("resample: {prob: 1, new_sample_rate: [8000]}")
            .apply(noise, new SplittableRandom(1));
    float[] wide =
        augmenter("resample: {prob: 1, new_sample_rate: [32000, 44100, 48000]}")
            .apply(noise, new SplittableRandom(1));

    assertThat(levelDb(narrow, noise, 4_200, 7_800)).isLessThan(-60);
    assertThat(levelDb(narrow, noise, 300, 3_500)).isCloseTo(0, within(0.1));
    assertThat(levelDb(wide, noise, 300, 7_000)).isCloseTo(0, within(0.1));
  }

  @Test
  void equalizerStaysWithinItsGain() {
    float[] noise = Signals.noise(1, 0.2, 1);
    Augmenter augmenter = augmenter("equalizer: {prob: 1, max_gain_db: 3}");

    for (int seed = 0; seed < 10; seed++) {
      float[] changed = augmenter.apply(noise, new SplittableRandom(seed));
      assertThat(changed).isNotEqualTo(noise);
      for (double hz = 200; hz < 7_000; hz *= 2) {
        // Three filters may add up.
        assertThat(Math.abs(levelDb(changed, noise, hz, 1.3 * hz))).isLessThan(9.1);
      }
    }
  }

  @Test
  void theShippedConfigurationGivesEqualBoundedAudioForEqualSeeds() throws IOException {
    AugmentConfig config = AugmentConfig.read(SHIPPED);
    Augmenter augmenter =
        new Augmenter(
            config,
            Signals.clips(folder.resolve("noise"), Signals.noise(1, 0.4, 5)),
            Signals.clips(folder.resolve("voices"), Signals.speech(1, 200)));
    float[] speech = Signals.speech(0.6, 150);
    Levels.scaleWithoutClipping(speech, 60);
    float[] before = speech.clone();

    List<float[]> first = all(augmenter, speech, false);
    List<float[]> second = all(augmenter, speech, true);

    for (int seed = 0; seed < first.size(); seed++) {
      float[] audio = first.get(seed);
      assertThat(audio).as("seed %d", seed).hasSameSizeAs(speech).isEqualTo(second.get(seed));
      for (float sample : audio) {
        assertThat(Math.abs(sample)).isLessThanOrEqualTo(1f);
      }
    }
    assertThat(first.get(1)).isNotEqualTo(first.get(2));
    assertThat(speech).isEqualTo(before);
  }

  private static List<float[]> all(Augmenter augmenter, float[] speech, boolean parallel) {
    IntStream seeds = IntStream.range(0, 60);
    return (parallel ? seeds.parallel() : seeds)
        .mapToObj(seed -> augmenter.apply(speech, new SplittableRandom(seed)))
        .toList();
  }

  @Test
  void nothingConfiguredDrawsNothing() {
    SplittableRandom random = new SplittableRandom(4);
    float[] speech = Signals.speech(0.2, 150);

    assertThat(augmenter("{}").apply(speech, random)).isEqualTo(speech);
    assertThat(random.nextLong()).isEqualTo(new SplittableRandom(4).nextLong());
  }

  @Test
  void foldersThatAreMissingAreNotUsed() throws IOException {
    float[] speech = Signals.speech(0.2, 150);
    AugmentConfig config =
        config("noise: {prob: 1, noise_dir: nowhere, min_snr_dB: 0, max_snr_dB: 0}");

    Augmenter augmenter = Augmenter.open(config, folder, folder.resolve("cache"), List.of());

    assertThat(augmenter.apply(speech, new SplittableRandom(1))).isEqualTo(speech);
  }

  @Test
  void foldersAreReadWithTheirSubfolders() throws IOException {
    Signals.clips(folder.resolve("noise").resolve("street"), Signals.noise(1, 0.5, 1));
    float[] speech = Signals.speech(0.2, 150);
    AugmentConfig config =
        config("noise: {prob: 1, min_snr_dB: 0, max_snr_dB: 0}").withNoiseDir("noise");

    Augmenter augmenter = Augmenter.open(config, folder, folder.resolve("cache"), List.of());

    float[] noisy = augmenter.apply(speech, new SplittableRandom(1));
    assertThat(Signals.db(Signals.rms(noisy) / Signals.rms(speech))).isCloseTo(3, within(0.5));
  }

  private static double levelDb(float[] changed, float[] original, double lowHz, double highHz) {
    return 10
        * Math.log10(Signals.band(changed, lowHz, highHz) / Signals.band(original, lowHz, highHz));
  }

  private static Augmenter augmenter(String yaml) {
    return new Augmenter(config(yaml), List.of(), List.of());
  }

  private static AugmentConfig config(String yaml) {
    try {
      return AugmentConfig.of(new ObjectMapper(new YAMLFactory()).readTree(yaml));
    } catch (IOException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
