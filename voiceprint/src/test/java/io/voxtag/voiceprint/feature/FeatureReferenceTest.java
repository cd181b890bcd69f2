package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.Reference;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeatureReferenceTest {
  private static final Map<String, Object> MEL_1024 =
      Map.of(
          "sample_rate", 16000,
          "n_fft", 1024,
          "hop_length", 320,
          "win_length", 1024,
          "f_min", 50.0,
          "f_max", 14000.0,
          "n_mels", 64);

  private static Reference reference;

  @BeforeAll
  static void open() {
    reference = new Reference("features");
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of("mel_1024_320_64", "MelSpectrogram", MEL_1024, false),
        Arguments.of(
            "mel_400_160_80",
            "MelSpectrogram",
            Map.of("n_fft", 400, "hop_length", 160, "win_length", 400, "n_mels", 80),
            false),
        Arguments.of(
            "spectrogram_1024_320",
            "Spectrogram",
            Map.of("n_fft", 1024, "hop_length", 320, "win_length", 1024),
            false),
        Arguments.of(
            "mfcc_1024_320_40",
            "MFCC",
            Map.of("sample_rate", 16000, "n_mfcc", 40, "melkwargs", MEL_1024),
            false),
        Arguments.of("kaldi_fbank_80", "Fbank", Map.of("num_mel_bins", 80), true),
        Arguments.of(
            "kaldi_fbank_80_unscaled", "Fbank", Map.of("num_mel_bins", 80, "input_scale", 1), true),
        Arguments.of("kaldi_fbank_40", "Fbank", Map.of("num_mel_bins", 40), true),
        Arguments.of(
            "kaldi_fbank_40_unscaled", "Fbank", Map.of("num_mel_bins", 40, "input_scale", 1), true),
        Arguments.of("kaldi_mfcc_23", "KaldiMfcc", Map.of(), true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void equalsTheReference(
      String name, String method, Map<String, Object> arguments, boolean framesFirst) {
    // given
    FeatureExtractor extractor = FeatureMethod.of(method).create(arguments);
    // when
    NDArray features = extractor.extract(reference.get("waveform")).squeeze(0);
    // then
    NDArray oriented = framesFirst ? features : features.transpose();
    Reference.assertClose(oriented, reference.get(name), 1e-4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void aBatchGivesWhatItsPartsGive(
      String name, String method, Map<String, Object> arguments, boolean framesFirst) {
    // given
    FeatureExtractor extractor = FeatureMethod.of(method).create(arguments);
    NDArray quiet = reference.get("waveform").mul(0.01f);
    // when
    NDArray batch = extractor.extract(reference.get("waveform").concat(quiet, 0));
    // then
    Reference.assertClose(batch.get("1:2"), extractor.extract(quiet), 1e-6);
  }
}
