package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Kaldi's log mel filter bank energies. {@code input_scale} (default 32768) turns samples in [-1,
 * 1] into the 16-bit range that Kaldi works on; 1 leaves them as they are.
 */
final class KaldiFbank implements FeatureExtractor {
  private final KaldiFrontEnd frontEnd;
  private final boolean energyLast;
  private final boolean subtractMean;

  KaldiFbank(Map<String, ?> values) {
    NamedArguments arguments = new NamedArguments("Fbank", values, arguments());
    frontEnd =
        new KaldiFrontEnd(
            arguments, arguments.flag("use_power", true), arguments.flag("use_log_fbank", true));
    energyLast = arguments.flag("htk_compat", false);
    subtractMean = arguments.flag("subtract_mean", false);
  }

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(KaldiFrontEnd.ARGUMENTS);
    names.addAll(Set.of("use_power", "use_log_fbank"));
    return names;
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    KaldiFrontEnd.Energies energies = frontEnd.energies(waveforms);
    NDArray features = energies.mels();
    NDArray energy = energies.logEnergy();
    if (energy != null) {
      features =
          NDArrays.concat(
              energyLast ? new NDList(features, energy) : new NDList(energy, features), 2);
    }
    return subtractMean ? FeatureExtractor.withoutMean(features) : features;
  }

  @Override
  public int bins() {
    return frontEnd.useEnergy() ? frontEnd.mels + 1 : frontEnd.mels;
  }

  @Override
  public int minSamples() {
    return frontEnd.minSamples();
  }
}
