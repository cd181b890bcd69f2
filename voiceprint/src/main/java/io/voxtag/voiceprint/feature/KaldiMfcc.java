package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Kaldi's mel-frequency cepstral coefficients, with its lifter. */
final class KaldiMfcc implements FeatureExtractor {
  private final KaldiFrontEnd frontEnd;
  private final int coefficients;
  private final boolean htk;
  private final boolean subtractMean;
  private final float[][] dct;

  KaldiMfcc(Map<String, ?> values) {
    NamedArguments arguments = new NamedArguments("KaldiMfcc", values, arguments());
    frontEnd = new KaldiFrontEnd(arguments, true, true);
    coefficients = arguments.integer("num_ceps", 13, 1, frontEnd.mels);
    double lifter = arguments.number("cepstral_lifter", 22, 0, 1000);
    htk = arguments.flag("htk_compat", false);
    subtractMean = arguments.flag("subtract_mean", false);
    dct =
        Matrices.dct(
            frontEnd.mels,
            coefficients,
            k -> lifter == 0 ? 1 : 1 + 0.5 * lifter * Math.sin(Math.PI * k / lifter));
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(KaldiFrontEnd.ARGUMENTS);
    names.addAll(Set.of("num_ceps", "cepstral_lifter"));
    return names;
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    KaldiFrontEnd.Energies energies = frontEnd.energies(waveforms);
    NDArray cepstra = energies.mels().matMul(Matrices.tensor(waveforms.getManager(), dct));
    NDArray energy = energies.logEnergy();
    if (energy != null || htk) {
      cepstra = withFirst(cepstra, energy == null ? htkFirst(cepstra) : energy);
    }
    return subtractMean ? FeatureExtractor.withoutMean(cepstra) : cepstra;
  }

  /** The first coefficient without the factor that makes the transform orthonormal. */
  private static NDArray htkFirst(NDArray cepstra) {
    return columns(cepstra, 0, 1).mul((float) Math.sqrt(2));
  }

  /** The coefficients with another one for the first, which HTK has last. */
  private NDArray withFirst(NDArray cepstra, NDArray first) {
    if (coefficients == 1) {
      return first;
    }
    NDArray others = columns(cepstra, 1, coefficients);
    return NDArrays.concat(htk ? new NDList(others, first) : new NDList(first, others), 2);
  }

  private static NDArray columns(NDArray features, long from, long to) {
    return features.get(new NDIndex().addAllDim().addAllDim().addSliceDim(from, to));
  }

  @Override
  public int bins() {
    return coefficients;
  }

  @Override
  public int minSamples() {
    return frontEnd.minSamples();
  }
}
