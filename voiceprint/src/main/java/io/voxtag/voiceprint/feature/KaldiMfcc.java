package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Kaldi's mel-frequency cepstral coefficients, with its lifter. */
final class KaldiMfcc implements FeatureExtractor {
  private final KaldiFrontEnd frontEnd;
  private final int coefficients;
  private final float[][] dct;

  KaldiMfcc(Map<String, ?> arguments) {
    Set<String> known = new HashSet<>(KaldiFrontEnd.ARGUMENTS);
    known.add("num_ceps");
    known.add("cepstral_lifter");
    FeatureArguments read = new FeatureArguments("KaldiMfcc", arguments, known);
    frontEnd = new KaldiFrontEnd(read, 23);
    coefficients = read.integer("num_ceps", 13, 1, frontEnd.mels);
    double lifter = read.number("cepstral_lifter", 22, 0, 1000);
    dct =
        Matrices.dct(
            frontEnd.mels,
            coefficients,
            k -> lifter == 0 ? 1 : 1 + 0.5 * lifter * Math.sin(Math.PI * k / lifter));
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    return frontEnd.logMelEnergies(waveforms).matMul(Matrices.tensor(waveforms.getManager(), dct));
  }

  @Override
  public int bins() {
    return coefficients;
  }

  @Override
  public int minSamples() {
    return frontEnd.frameLength;
  }
}
