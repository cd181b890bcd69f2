package io.voxtag.voiceprint.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ERes2Net and ERes2NetV2 under the names of 3D-Speaker, and under those of WeSpeaker, which calls
 * the first filter of a fusing block {@code conv2_1} and counts the others from 0.
 */
final class ERes2NetLayout implements Layout {
  private static final int STAGES = 4;
  private static final int BIN_STEP = 8;

  /** The width of a block for a base width is in this many parts of its channels. */
  private static final int WIDTH_PARTS = 64;

  private final String architecture;
  private final String mark;

  private ERes2NetLayout(String architecture, String mark) {
    this.architecture = architecture;
    this.mark = mark;
  }

  static ERes2NetLayout first() {
    return new ERes2NetLayout("ERes2Net", "layer1_downsample.weight");
  }

  static ERes2NetLayout second() {
    return new ERes2NetLayout("ERes2NetV2", "layer3_ds.weight");
  }

  @Override
  public String architecture() {
    return architecture;
  }

  @Override
  public boolean fits(Weights weights) {
    return weights.has(mark) && weights.has("layer1.0.convs.0.weight");
  }

  @Override
  public ImportedNetwork read(Weights weights) throws ImportException {
    int channels = weights.size("conv1.weight", 0);
    int expansion = weights.size("layer1.0.conv3.weight", 0) / channels;
    List<Integer> blocks = new ArrayList<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      blocks.add(weights.count("layer" + stage + ".%d.conv1.weight", 0));
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("embd_dim", weights.size("seg_1.weight", 0));
    arguments.put("num_blocks", blocks);
    arguments.put("m_channels", channels);
    arguments.put("expansion", expansion);
    arguments.put("base_width", baseWidth(weights, channels));
    arguments.put("scale", weights.count("layer1.0.convs.%d.weight", 0));
    arguments.put("two_emb_layer", weights.has("seg_2.weight"));
    if (weights.has("layer1_downsample.weight")) {
      arguments.put("mul_channel", weights.size("layer1_downsample.weight", 1) / (2 * channels));
    }
    // Mean and deviation of each channel of the last stage and each of its bins.
    int bins = weights.size("seg_1.weight", 1) / (2 * BIN_STEP * channels * expansion) * BIN_STEP;
    return new ImportedNetwork(bins, arguments, renamed(weights, blocks).tensors());
  }

  /** Widths are rounded down, so that the first stage alone could be of several. */
  private static int baseWidth(Weights weights, int channels) throws ImportException {
    List<Integer> widths = new ArrayList<>();
    for (int stage = 1; stage <= STAGES; stage++) {
      widths.add(weights.size("layer" + stage + ".0.convs.0.weight", 0));
    }
    for (int base = 1; base <= 8 * WIDTH_PARTS; base++) {
      List<Integer> given = new ArrayList<>();
      for (int stage = 0; stage < STAGES; stage++) {
        given.add((int) (((long) channels << stage) * base / WIDTH_PARTS));
      }
      if (given.equals(widths)) {
        return base;
      }
    }
    throw new ImportException(
        "has blocks of widths %s for %d channels, which no base width gives"
            .formatted(widths, channels));
  }

  private static Renaming renamed(Weights weights, List<Integer> blocks) {
    Renaming renaming = new Renaming(weights);
    for (int stage = 1; stage <= STAGES; stage++) {
      for (int block = 0; block < blocks.get(stage - 1); block++) {
        String inside = "layer" + stage + "." + block + ".";
        if (weights.has(inside + "conv2_1.weight")) {
          renaming.move(inside + "conv2_1", inside + "convs.0");
          renaming.move(inside + "bn2_1", inside + "bns.0");
          int others = weights.count(inside + "convs.%d.weight", 0);
          for (int i = 0; i < others; i++) {
            renaming.move(inside + "convs." + i, inside + "convs." + (i + 1));
            renaming.move(inside + "bns." + i, inside + "bns." + (i + 1));
          }
        }
      }
    }
    return renaming;
  }
}
