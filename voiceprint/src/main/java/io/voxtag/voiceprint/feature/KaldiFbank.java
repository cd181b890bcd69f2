package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Kaldi's log mel filter bank energies. {@code input_scale} (default 32768) turns samples in [-1,
 * 1] into the 16-bit range that Kaldi works on; 1 leaves them as they are.
 */
final class KaldiFbank implements FeatureExtractor {
  private final KaldiFrontEnd frontEnd;

  KaldiFbank(Map<String, ?> arguments) {
    frontEnd =
        new KaldiFrontEnd(new FeatureArguments("Fbank", arguments, KaldiFrontEnd.ARGUMENTS), 23);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    return frontEnd.logMelEnergies(waveforms);
  }

  @Override
  public int bins() {
    return frontEnd.mels;
  }

  @Override
  public int minSamples() {
    return frontEnd.frameLength;
  }
}
