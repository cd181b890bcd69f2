package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Mel spectrogram as torchaudio computes it, without logarithm. A highest frequency above the
 * Nyquist one is allowed: the triangles there stay empty.
 */
final class MelSpectrogram implements FeatureExtractor {
  private static final String SLANEY = "slaney";

  private final Spectrogram spectrogram;
  private final int mels;
  private final float[][] banks;

  MelSpectrogram(Map<String, ?> values) {
    NamedArguments arguments = new NamedArguments("MelSpectrogram", values, arguments());
    spectrogram = new Spectrogram(arguments, false);
    int rate = arguments.integer("sample_rate", 16000, 1000, 192000);
    mels = arguments.integer("n_mels", 128, 1, 1024);
    double low = arguments.number("f_min", 0, 0, rate / 2.0);
    double high = arguments.number("f_max", rate / 2, 0, rate);
    if (low >= high) {
      throw arguments.wrong("f_min", low, "below f_max " + high + " Hz");
    }
    MelScale scale =
        arguments.choice("mel_scale", "htk", Set.of("htk", SLANEY)).equals(SLANEY)
            ? MelScale.SLANEY
            : MelScale.HTK;
    boolean sameArea = arguments.choice("norm", "none", Set.of("none", SLANEY)).equals(SLANEY);
    float[][] rows =
        new MelBanks(rate, spectrogram.fft, mels, low, high).torchaudio(scale, sameArea);
    banks = spectrogram.squaresInPairs() ? Matrices.banksOfParts(rows) : rows;
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(Spectrogram.SHARED_ARGUMENTS);
    names.addAll(Set.of("sample_rate", "n_mels", "f_min", "f_max", "mel_scale", "norm"));
    return names;
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    return spectrogram.extract(waveforms, Matrices.tensor(waveforms.getManager(), banks));
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
