package io.voxtag.voiceprint.importing;

import java.util.LinkedHashMap;
import java.util.Map;

/** CAM++ under the names of 3D-Speaker, which all others have taken over. */
final class CampPlusLayout implements Layout {
  private static final String FIRST = "xvector.tdnn.linear.weight";
  private static final String GROWTH = "xvector.block1.tdnnd1.cam_layer.linear_local.weight";
  private static final int BIN_STEP = 8;

  @Override
  public String architecture() {
    return "CAMPPlus";
  }

  @Override
  public boolean fits(Weights weights) {
    return weights.has(FIRST) && weights.has(GROWTH);
  }

  @Override
  public ImportedNetwork read(Weights weights) throws ImportException {
    int growth = weights.size(GROWTH, 0);
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("embd_dim", weights.size("xvector.dense.linear.weight", 0));
    arguments.put("growth_rate", growth);
    arguments.put("bn_size", weights.size("xvector.block1.tdnnd1.linear1.weight", 0) / growth);
    arguments.put("init_channels", weights.size(FIRST, 0));
    // The convolutions before halve the bins three times.
    int bins = weights.size(FIRST, 1) / weights.size("head.conv1.weight", 0) * BIN_STEP;
    return new ImportedNetwork(bins, arguments, weights.all());
  }
}
