package io.voxtag.voiceprint.feature;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The feature methods, under the names that configurations and model bundles use. */
public enum FeatureMethod {
  /** Kaldi's log mel filter bank energies. */
  FBANK("Fbank", KaldiFbank::new),
  /** Mel spectrogram of centred frames, power, without logarithm. */
  MEL_SPECTROGRAM("MelSpectrogram", MelSpectrogram::new),
  /** Power spectrogram of centred frames. */
  SPECTROGRAM("Spectrogram", Spectrogram::new),
  /** Mel-frequency cepstral coefficients of centred frames. */
  MFCC("MFCC", Mfcc::new),
  /** Kaldi's mel-frequency cepstral coefficients. */
  KALDI_MFCC("KaldiMfcc", KaldiMfcc::new),
  /** Mel filter bank energies in decibels of centred frames, as SpeechBrain's models take them. */
  DECIBEL_FBANK("DecibelFbank", DecibelFbank::new);

  private final String configName;
  private final Function<Map<String, ?>, FeatureExtractor> factory;

  FeatureMethod(String configName, Function<Map<String, ?>, FeatureExtractor> factory) {
    this.configName = configName;
    this.factory = factory;
  }

  /** The name in configurations, for example {@code Fbank}. */
  public String configName() {
    return configName;
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FeatureMethod of(String name) {
    for (FeatureMethod method : values()) {
      if (method.configName.equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "unknown feature method '"
            + name
            + "'; known are Fbank, MelSpectrogram, Spectrogram, MFCC,"
            + " KaldiMfcc and DecibelFbank");
  }

  /**
   * Makes an extractor.
   *
   * @param arguments by name, as torchaudio calls them; missing ones take their defaults. Every
   *     method also takes {@code target_dB}: the level that audio is brought to first
   * @throws IllegalArgumentException if an argument is unknown or out of range
   */
  public FeatureExtractor create(Map<String, ?> arguments) {
    Object level = arguments.get(LevelNormalised.ARGUMENT);
    if (level == null) {
      return factory.apply(arguments);
    }
    if (!(level instanceof Number number)) {
      throw new IllegalArgumentException(
          LevelNormalised.ARGUMENT + " is " + level + " but must be a number");
    }
    Map<String, Object> others = new HashMap<>(arguments);
    others.remove(LevelNormalised.ARGUMENT);
    return new LevelNormalised(factory.apply(others), number.doubleValue());
  }
}
