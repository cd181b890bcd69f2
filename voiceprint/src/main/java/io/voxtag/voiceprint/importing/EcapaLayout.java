package io.voxtag.voiceprint.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ECAPA-TDNN under the names of SpeechBrain, which 3D-Speaker and VoiceprintRecognition-Pytorch
 * have taken over, as have the networks here. Convolutions mirror the ends of their input.
 */
final class EcapaLayout implements Layout {
  private static final String FIRST = "blocks.0.conv.conv.weight";
  private static final String ATTENTION = "asp.tdnn.conv.conv.weight";
  private static final String SELF_ATTENTION = "asp.linear1.weight";

  @Override
  public String architecture() {
    return "EcapaTdnn";
  }

  @Override
  public boolean fits(Weights weights) {
    return weights.has(FIRST) && weights.has("mfa.conv.conv.weight");
  }

  @Override
  public ImportedNetwork read(Weights weights) throws ImportException {
    List<Integer> channels = new ArrayList<>(List.of(weights.size(FIRST, 0)));
    List<Integer> kernels = new ArrayList<>(List.of(weights.size(FIRST, 2)));
    int blocks = weights.count("blocks.%d.tdnn1.conv.conv.weight", 1);
    for (int i = 1; i <= blocks; i++) {
      channels.add(weights.size("blocks." + i + ".tdnn1.conv.conv.weight", 0));
      kernels.add(weights.size("blocks." + i + ".res2net_block.blocks.0.conv.conv.weight", 2));
    }
    int width = weights.size("mfa.conv.conv.weight", 0);
    channels.add(width);
    kernels.add(weights.size("mfa.conv.conv.weight", 2));
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("embd_dim", weights.size("fc.conv.weight", 0));
    arguments.put("channels", channels);
    arguments.put("kernel_sizes", kernels);
    arguments.put("dilations", dilations(blocks));
    arguments.put(
        "res2net_scale", 1 + weights.count("blocks.1.res2net_block.blocks.%d.conv.conv.weight", 0));
    arguments.put("se_channels", weights.size("blocks.1.se_block.conv1.conv.weight", 0));
    addPooling(weights, width, arguments);
    return new ImportedNetwork(weights.size(FIRST, 1), arguments, weights.all());
  }

  /** Shapes do not tell these: the published networks widen them by one from block to block. */
  static List<Integer> dilations(int blocks) {
    List<Integer> dilations = new ArrayList<>(List.of(1));
    for (int i = 1; i <= blocks; i++) {
      dilations.add(i + 1);
    }
    dilations.add(1);
    return dilations;
  }

  private static void addPooling(Weights weights, int width, Map<String, Object> arguments)
      throws ImportException {
    if (weights.has(ATTENTION)) {
      arguments.put("pooling_type", "ASP");
      arguments.put("attention_channels", weights.size(ATTENTION, 0));
      arguments.put("global_context", weights.size(ATTENTION, 1) != width);
    } else if (weights.has(SELF_ATTENTION)) {
      arguments.put("pooling_type", "SAP");
      arguments.put("attention_channels", weights.size(SELF_ATTENTION, 0));
    } else {
      boolean mean = weights.size("fc.conv.weight", 1) == width;
      arguments.put("pooling_type", mean ? "TAP" : "TSP");
    }
  }
}
