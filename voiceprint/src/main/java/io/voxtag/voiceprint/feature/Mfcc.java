package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;

/**
 * Mel-frequency cepstral coefficients: mel spectrogram in dB with at most 80 dB below its loudest
 * value, then an orthonormal DCT, as torchaudio computes it.
 */
final class Mfcc implements FeatureExtractor {
  private static final double TOP_DB = 80;
  private static final double FLOOR = 1e-10;

  private final MelSpectrogram mel;
  private final int coefficients;
  private final float[][] dct;

  Mfcc(Map<String, ?> arguments) {
    FeatureArguments read =
        new FeatureArguments("MFCC", arguments, Set.of("sample_rate", "n_mfcc", "melkwargs"));
    java.util.Map<String, Object> melArguments = new java.util.HashMap<>(read.nested("melkwargs"));
    melArguments.putIfAbsent("sample_rate", read.integer("sample_rate", 16000, 1000, 192000));
    mel = new MelSpectrogram(melArguments);
    coefficients = read.integer("n_mfcc", 40, 1, mel.bins());
    dct = Matrices.dct(mel.bins(), coefficients, k -> 1);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    NDArray decibels =
        mel.extract(waveforms).maximum((float) FLOOR).log().mul((float) (10 / Math.log(10)));
    // The loudest value of each waveform, not of the batch: others must not change the result.
    NDArray loudest = decibels.max(new int[] {2}, true).max(new int[] {1}, true);
    return decibels
        .maximum(loudest.sub((float) TOP_DB))
        .matMul(Matrices.tensor(waveforms.getManager(), dct));
  }

  @Override
  public int bins() {
    return coefficients;
  }

  @Override
  public int minSamples() {
    return mel.minSamples();
  }
}
