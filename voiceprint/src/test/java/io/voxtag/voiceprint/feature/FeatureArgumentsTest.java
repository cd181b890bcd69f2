package io.voxtag.voiceprint.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureArgumentsTest {
  private static Reference reference;

  @BeforeAll
  static void open() {
    reference = new Reference("features_torchaudio");
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  static List<String> cases() {
    try (Reference cases = new Reference("features_torchaudio")) {
      return cases.under("").keySet().stream().filter(name -> !name.equals("waveform")).toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void everyArgumentDoesWhatItDoesInTorchaudio(String name) {
    // given
    Reference.Call call = reference.call(name);
    FeatureExtractor extractor = FeatureMethod.of(call.method()).create(call.args());
    NDArray waveform = reference.get("waveform");
    // when
    NDArray features = extractor.extract(waveform.concat(waveform.mul(0.3f), 0));
    // then
    Reference.assertClose(features.get(0), reference.get(name), 1e-4);
    assertThat(features.getShape().get(2)).isEqualTo(extractor.bins());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theFewestSamplesGiveAFrameAndOneLessDoesNot(String name) {
    Reference.Call call = reference.call(name);
    FeatureExtractor extractor = FeatureMethod.of(call.method()).create(call.args());
    try (NDManager manager = NDManager.newBaseManager()) {
      int fewest = extractor.minSamples();
      NDArray features = extractor.extract(manager.ones(new Shape(1, fewest)));
      assertThat(features.getShape().get(1)).isPositive();
      if (fewest > 1) {
        assertThatThrownBy(() -> extractor.extract(manager.ones(new Shape(1, fewest - 1))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("too few");
      }
    }
  }

  @Test
  void shorterThanTheLeastDurationIsRefused() {
    FeatureExtractor extractor = FeatureMethod.FBANK.create(Map.of("min_duration", 0.5));
    assertThat(extractor.minSamples()).isEqualTo(8000);
    assertThatThrownBy(() -> extractor.extract(reference.get("waveform")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8000");
  }

  @ParameterizedTest
  @CsvSource({
    "Fbank, dither, 1",
    "Fbank, channel, 1",
    "Fbank, num_mel_bins, 3",
    "Fbank, low_freq, 8000",
    "Fbank, frame_length, 0.1",
    "Fbank, frame_shift, 0.01",
    "Fbank, vtln_warp, 3",
    "Fbank, num_ceps, 13",
    "KaldiMfcc, use_power, 1",
    "KaldiMfcc, num_ceps, 24",
    "MelSpectrogram, f_min, 8000",
    "MelSpectrogram, onesided, 1",
    "MelSpectrogram, mel_scale, 1",
    "Spectrogram, power, 0",
    "Spectrogram, win_length, 401",
    "Spectrogram, n_mels, 40",
    "MFCC, dct_type, 3",
    "MFCC, n_mfcc, 129"
  })
  void wrongArgumentsAreRefusedByName(String method, String key, double value) {
    assertThatThrownBy(() -> FeatureMethod.of(method).create(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(method)
        .hasMessageContaining(key);
  }

  @Test
  void complexSpectraAreRefused() {
    Map<String, Object> arguments = new HashMap<>();
    arguments.put("power", null);
    assertThatThrownBy(() -> FeatureMethod.SPECTROGRAM.create(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power is null");
  }

  @Test
  void oddFramesNeedRounding() {
    assertThatThrownBy(
            () ->
                FeatureMethod.FBANK.create(
                    Map.of("round_to_power_of_two", false, "frame_length", 25.07)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frame_length is 25.07")
        .hasMessageContaining("401");
  }

  @Test
  void kneesOfTheVocalTractLieInsideTheBand() {
    assertThatThrownBy(() -> FeatureMethod.FBANK.create(Map.of("vtln_warp", 1.1, "vtln_low", 10.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vtln_low is 10.0");
  }
}
