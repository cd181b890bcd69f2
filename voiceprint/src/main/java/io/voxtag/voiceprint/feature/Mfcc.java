package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Mel-frequency cepstral coefficients as torchaudio computes them: mel spectrogram in dB with at
 * most 80 dB below its loudest value, or its plain logarithm, and then a DCT.
 */
final class Mfcc implements FeatureExtractor {
  private static final String NORM = "norm";
  private static final double TOP_DB = 80;
  private static final double FLOOR = 1e-10;

  /** What is added before a plain logarithm. */
  private static final double OFFSET = 1e-6;

  private final MelSpectrogram mel;
  private final boolean plainLogarithm;
  private final int coefficients;
  private final float[][] dct;

  Mfcc(Map<String, ?> values) {
    NamedArguments arguments =
        new NamedArguments(
            "MFCC",
            values,
            Set.of("sample_rate", "n_mfcc", "dct_type", NORM, "log_mels", "melkwargs"));
    Map<String, Object> melArguments = new HashMap<>(arguments.nested("melkwargs"));
    melArguments.putIfAbsent("sample_rate", arguments.integer("sample_rate", 16000, 1000, 192000));
    mel = new MelSpectrogram(melArguments);
    plainLogarithm = arguments.flag("log_mels", false);
    arguments.integer("dct_type", 2, 2, 2);
    coefficients = arguments.integer("n_mfcc", 40, 1, mel.bins());
    String norm =
        arguments.isEmpty(NORM) ? "none" : arguments.choice(NORM, "ortho", Set.of("ortho", "none"));
    dct =
        norm.equals("none")
            ? Matrices.plainDct(mel.bins(), coefficients, k -> 2)
            : Matrices.dct(mel.bins(), coefficients, k -> 1);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    NDArray energies = mel.extract(waveforms);
    NDArray logarithms = plainLogarithm ? energies.add((float) OFFSET).log() : decibels(energies);
    return logarithms.matMul(Matrices.tensor(waveforms.getManager(), dct));
  }

  private static NDArray decibels(NDArray energies) {
    NDArray decibels = energies.maximum((float) FLOOR).log().mul((float) (10 / Math.log(10)));
    // The loudest value of each waveform, not of the batch: others must not change the result.
    NDArray loudest = decibels.max(new int[] {2}, true).max(new int[] {1}, true);
    return decibels.maximum(loudest.sub((float) TOP_DB));
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
