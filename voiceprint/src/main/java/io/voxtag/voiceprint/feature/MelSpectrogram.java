package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Mel spectrogram, power, without logarithm. A highest frequency above the Nyquist one is allowed:
 * the triangles there stay empty, as in torchaudio.
 */
final class MelSpectrogram implements FeatureExtractor {
  static final Set<String> ARGUMENTS = arguments();

  private final Spectrogram spectrogram;
  private final int mels;
  private final float[][] banks;

  MelSpectrogram(Map<String, ?> arguments) {
    this(new FeatureArguments("MelSpectrogram", arguments, ARGUMENTS));
  }

  MelSpectrogram(FeatureArguments arguments) {
    spectrogram = new Spectrogram(arguments);
    int rate = arguments.integer("sample_rate", 16000, 1000, 192000);
    mels = arguments.integer("n_mels", 128, 1, 1024);
    double low = arguments.number("f_min", 0, 0, rate / 2.0);
    double high = arguments.number("f_max", rate / 2.0, low, rate);
    banks = Matrices.banksOfParts(Matrices.melBanks(rate, spectrogram.fft, mels, low, high));
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(Spectrogram.ARGUMENTS);
    names.addAll(Set.of("sample_rate", "n_mels", "f_min", "f_max"));
    return Set.copyOf(names);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    return Frames.power(
        spectrogram.windowed(waveforms),
        spectrogram.fft,
        Matrices.tensor(waveforms.getManager(), banks));
  }

  @Override
  public int bins() {
    return mels;
  }

  @Override
  public int minSamples() {
    return spectrogram.minSamples();
  }
}
