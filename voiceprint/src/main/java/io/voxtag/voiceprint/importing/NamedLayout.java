package io.voxtag.voiceprint.importing;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A network whose checkpoints have the very names of the network here, and whose size the
 * configuration of the training run tells.
 *
 * @param marks names that together only this network has
 */
record NamedLayout(String architecture, List<String> marks) implements Layout {

  @Override
  public boolean fits(Weights weights) {
    return marks.stream().allMatch(weights::has);
  }

  @Override
  public ImportedNetwork read(Weights weights) {
    return new ImportedNetwork(OptionalInt.empty(), Map.of(), weights.all());
  }
}
