package io.voxtag.voiceprint.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ResNet of basic or bottleneck blocks under the names of WeSpeaker and 3D-Speaker. */
final class ResNetLayout implements Layout {
  private static final int STAGES = 4;
  private static final int BIN_STEP = 8;

  @Override
  public String architecture() {
    return "ResNet";
  }

  @Override
  public boolean fits(Weights weights) {
    return weights.has("layer1.0.conv2.weight")
        && weights.has("layer4.0.shortcut.0.weight")
        && weights.has("seg_1.weight");
  }

  @Override
  public ImportedNetwork read(Weights weights) throws ImportException {
    List<Integer> blocks = new ArrayList<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      blocks.add(weights.count("layer" + stage + ".%d.conv1.weight", 0));
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("embd_dim", weights.size("seg_1.weight", 0));
    arguments.put("num_blocks", blocks);
    arguments.put("m_channels", weights.size("conv1.weight", 0));
    arguments.put("bottleneck", weights.has("layer1.0.conv3.weight"));
    // Mean and deviation of each channel of the last stage and each of its bins.
    int last = weights.size("layer4.0.shortcut.0.weight", 0);
    int bins = weights.size("seg_1.weight", 1) / (2 * last) * BIN_STEP;
    return new ImportedNetwork(bins, arguments, weights.all());
  }
}
