package io.voxtag.voiceprint.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.audio.Resampler;
import io.voxtag.voiceprint.training.augment.AugmentConfig.Codec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TelephoneTest {
  private static final int NARROW = TelephoneChannel.RATE;

  @ParameterizedTest
  @CsvSource({"300, 3400", "200, 3700", "500, 2500"})
  void theChannelCutsWhatLiesOutsideItsBand(double low, double high) {
    AugmentConfig.Telephone config =
        new AugmentConfig.Telephone(1, 0, low, low, high, high, 0, 0, 0, 0, List.of(Codec.G711));
    float[] noise = Signals.noise(1, 0.3, 1);

    float[] heard = new TelephoneChannel(config).pass(noise, Signals.RATE, new SplittableRandom(5));

    assertThat(heard).hasSameSizeAs(noise);
    double inside = Signals.band(heard, low + 100, high - 200);
    assertThat(10 * Math.log10(Signals.band(heard, 4_100, 7_800) / inside)).isLessThan(-60);
    // Within the coded band the codec's own noise fills what the filter took.
    assertThat(10 * Math.log10(Signals.band(heard, 10, low / 3) / inside)).isLessThan(-20);
  }

  @Test
  void theBandPassIsSixDecibelsDownAtItsCorners() {
    float[] noise = narrow(Signals.noise(4, 0.3, 1));
    float[] cut = new BandPass(500.0 / NARROW, 2_500.0 / NARROW).apply(noise);

    assertThat(gainDb(cut, noise, 1_500)).isCloseTo(0, within(0.3));
    assertThat(gainDb(cut, noise, 500)).isCloseTo(-6, within(0.7));
    assertThat(gainDb(cut, noise, 2_500)).isCloseTo(-6, within(0.7));
    assertThat(gainDb(cut, noise, 200)).isLessThan(-40);
    assertThat(gainDb(cut, noise, 2_900)).isLessThan(-40);
  }

  private static double gainDb(float[] out, float[] in, double hz) {
    double a = 0;
    double b = 0;
    for (int i = -8; i <= 8; i++) {
      a += Math.pow(Signals.amplitude(out, hz + i, NARROW), 2);
      b += Math.pow(Signals.amplitude(in, hz + i, NARROW), 2);
    }
    return 10 * Math.log10(a / b);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void everyCodecGivesTheSpeechBackInTimeAndWithItsFlaws(Codec codec) {
    AugmentConfig.Telephone config =
        new AugmentConfig.Telephone(1, 0, 60, 60, 3_800, 3_800, 0, 0, 0, 0, List.of(codec));
    float[] speech = Signals.speech(1, 150);

    float[] heard =
        new TelephoneChannel(config).pass(speech, Signals.RATE, new SplittableRandom(2));
    float[] again =
        new TelephoneChannel(config).pass(speech, Signals.RATE, new SplittableRandom(2));

    assertThat(heard).hasSameSizeAs(speech).isEqualTo(again);
    assertThat(Levels.peak(heard)).isLessThanOrEqualTo(1.5f);
    double best = 0;
    int lag = 0;
    for (int by = -80; by <= 80; by++) {
      double alike = Signals.correlation(shifted(heard, by), speech);
      if (alike > best) {
        best = alike;
        lag = by;
      }
    }
    assertThat(lag).as("lag in samples").isBetween(-8, 8);
    assertThat(best).isBetween(0.75, 0.9999);
  }

  private static float[] shifted(float[] audio, int by) {
    float[] result = new float[audio.length];
    for (int i = Math.max(0, by); i < audio.length + Math.min(0, by); i++) {
      result[i] = audio[i - by];
    }
    return result;
  }

  @Test
  void theRegularPulseCodecKeepsTheSpeechAboveItsNoise() {
    float[] speech = narrow(Signals.speech(1, 150));

    float[] decoded = RegularPulseCodec.roundTrip(speech);

    // A codec of 13 kbit/s reaches 10 to 20 dB on voiced sounds.
    assertThat(snrDb(speech, decoded)).isBetween(8.0, 25.0);
    assertThat(Signals.rms(RegularPulseCodec.roundTrip(new float[800]))).isLessThan(0.01);
  }

  private static double snrDb(float[] clean, float[] coded) {
    double noise = 0;
    for (int i = 0; i < clean.length; i++) {
      noise += Math.pow(clean[i] - coded[i], 2);
    }
    return 10 * Math.log10(Levels.power(clean) * clean.length / noise);
  }

  @Test
  void withoutCodingTheShortTermFiltersUndoEachOther() {
    float[] speech = narrow(Signals.speech(0.02, 150));
    float[] samples = speech.clone();
    double[] reflection = ShortTermFilter.quantised(ShortTermFilter.reflection(samples));

    new ShortTermFilter().whiten(samples, reflection);
    double residual = Signals.rms(samples);
    new ShortTermFilter().restore(samples, reflection);

    assertThat(residual).isLessThan(0.5 * Signals.rms(speech));
    for (int i = 0; i < speech.length; i++) {
      assertThat(samples[i]).isCloseTo(speech[i], within(1e-5f));
    }
  }

  @Test
  void lostPacketsAreSilentOrRepeated() {
    AugmentConfig.Telephone lossy =
        new AugmentConfig.Telephone(1, 1, 60, 60, 3_800, 3_800, 0, 0, 0, 0, List.of(Codec.G711));
    float[] noise = Signals.noise(3, 0.3, 1);
    int silent = 0;
    int repeated = 0;
    for (int seed = 0; seed < 8; seed++) {
      float[] heard =
          narrow(new TelephoneChannel(lossy).pass(noise, Signals.RATE, new SplittableRandom(seed)));
      for (int start = 160; start + 160 <= heard.length; start += 160) {
        double power = 0;
        double change = 0;
        for (int i = start + 40; i < start + 120; i++) {
          power += heard[i] * heard[i];
          change += Math.pow(heard[i] - heard[i - 160], 2);
        }
        silent += power < 1e-5 ? 1 : 0;
        repeated += power > 1e-3 && change < 0.02 * power ? 1 : 0;
      }
    }
    assertThat(silent).isGreaterThan(5);
    assertThat(repeated).isGreaterThan(5);
  }

  @Test
  void aHandsetWeakensTheLowAndLiftsTheHighFrequencies() {
    float[] noise = narrow(Signals.noise(2, 0.2, 1));
    for (int seed = 0; seed < 10; seed++) {
      float[] heard = noise.clone();
      Handset.apply(heard, NARROW, new SplittableRandom(seed));
      assertThat(gainDb(heard, noise, 60)).isLessThan(-10);
      double most = Math.max(gainDb(heard, noise, 2_200), gainDb(heard, noise, 2_900));
      assertThat(most).isGreaterThan(1);
    }
  }

  @Test
  void compressionEvensOutLevels() {
    float[] steps = Signals.sine(2, 400, 0.5);
    for (int i = steps.length / 2; i < steps.length; i++) {
      steps[i] *= 0.1f;
    }
    float[] even = steps.clone();

    Amplifier.compress(even, Signals.RATE, 4, 30);

    assertThat(stepDb(steps)).isCloseTo(20, within(0.1));
    // Above the threshold a ratio of 4 leaves a quarter of the difference.
    assertThat(stepDb(even)).isCloseTo(5, within(0.7));
    assertThat(Signals.rms(even)).isCloseTo(Signals.rms(steps), within(1e-5));
  }

  private static double stepDb(float[] audio) {
    double loud = 0;
    double soft = 0;
    for (int i = 8_000; i < 15_000; i++) {
      loud += audio[i] * audio[i];
      soft += audio[i + 16_000] * audio[i + 16_000];
    }
    return 10 * Math.log10(loud / soft);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void clippingAddsOddHarmonics(boolean soft) {
    float[] tone = Signals.sine(1, 400, 0.5);

    Amplifier.clip(tone, 6, soft);

    double fundamental = Signals.amplitude(tone, 400, Signals.RATE);
    assertThat(Signals.amplitude(tone, 1_200, Signals.RATE) / fundamental).isGreaterThan(0.03);
    assertThat(Signals.amplitude(tone, 800, Signals.RATE) / fundamental).isLessThan(0.001);
    assertThat(Signals.rms(tone)).isCloseTo(0.5 / Math.sqrt(2), within(1e-3));
  }

  @Test
  void humLiesAtMultiplesOfTheMains() {
    for (int seed = 0; seed < 6; seed++) {
      float[] speech = narrow(Signals.noise(2, 0.3, 1));
      float[] heard = speech.clone();
      Hum.add(heard, NARROW, new SplittableRandom(seed));
      float[] hum = new float[heard.length];
      for (int i = 0; i < hum.length; i++) {
        hum[i] = heard[i] - speech[i];
      }
      assertThat(Signals.db(Signals.rms(speech) / Signals.rms(hum))).isBetween(11.9, 35.1);
      double at50 = harmonics(hum, 50);
      double at60 = harmonics(hum, 60);
      assertThat(Math.max(at50, at60)).isGreaterThan(0.98 * Levels.power(hum));
    }
  }

  private static double harmonics(float[] audio, int mains) {
    double power = 0;
    for (int k = 1; k <= 12; k++) {
      power += Math.pow(Signals.amplitude(audio, (double) k * mains, NARROW), 2) / 2;
    }
    return power;
  }

  private static float[] narrow(float[] audio) {
    return Resampler.resample(audio, Signals.RATE, NARROW);
  }
}
