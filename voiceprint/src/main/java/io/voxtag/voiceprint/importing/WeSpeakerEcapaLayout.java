package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ECAPA-TDNN as WeSpeaker builds it. It differs from SpeechBrain's in that
 *
 * <ul>
 *   <li>convolutions see zeros beyond the ends of their input;
 *   <li>a Res2Net block filters the first groups and leaves the last one as it is, where the others
 *       leave the first one: the groups are brought into that order in the layers around it;
 *   <li>the aggregation has no normalisation: it gets one that changes nothing;
 *   <li>the hidden layer of the attention is linear, and the embedding may be normalised.
 * </ul>
 */
final class WeSpeakerEcapaLayout implements Layout {
  private static final String FIRST = "layer1.conv.weight";
  private static final String ATTENTION = "pool.linear1.weight";

  /** What normalisations add to a variance; with it, this one is exactly one. */
  private static final float EPSILON = 1e-5f;

  @Override
  public String architecture() {
    return "EcapaTdnn";
  }

  @Override
  public boolean fits(Weights weights) {
    return weights.has(FIRST) && weights.has("layer2.se_res2block.0.conv.weight");
  }

  @Override
  public ImportedNetwork read(Weights weights) throws ImportException {
    if (!weights.has(ATTENTION) || !weights.has("pool.linear2.weight")) {
      throw new ImportException("has another pooling than ASTP, which is not known here");
    }
    int blocks = weights.count("layer%d.se_res2block.0.conv.weight", 2);
    int scale = 1 + weights.count("layer2.se_res2block.1.convs.%d.weight", 0);
    Renaming renaming = new Renaming(weights);
    List<Integer> channels = new ArrayList<>(List.of(weights.size(FIRST, 0)));
    List<Integer> kernels = new ArrayList<>(List.of(weights.size(FIRST, 2)));
    layer(renaming, "layer1", "blocks.0");
    for (int i = 1; i <= blocks; i++) {
      String from = "layer" + (i + 1) + ".se_res2block.";
      channels.add(weights.size(from + "0.conv.weight", 0));
      kernels.add(weights.size(from + "1.convs.0.weight", 2));
      block(renaming, from, "blocks." + i + ".", scale);
    }
    int width = weights.size("conv.weight", 0);
    channels.add(width);
    kernels.add(weights.size("conv.weight", 2));
    renaming.move("conv", "mfa.conv.conv");
    addNeutralNorm(renaming, width);
    renaming.move("pool.linear1", "asp.linear1");
    renaming.move("pool.linear2", "asp.linear2");
    renaming.move("bn", "asp_bn");
    renaming.movePointwise("linear", "fc.conv");
    renaming.move("bn2", "embd_bn");
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("embd_dim", weights.size("linear.weight", 0));
    arguments.put("channels", channels);
    arguments.put("kernel_sizes", kernels);
    arguments.put("dilations", EcapaLayout.dilations(blocks));
    arguments.put("res2net_scale", scale);
    arguments.put("se_channels", weights.size("layer2.se_res2block.3.linear1.weight", 0));
    arguments.put("pooling_type", "ASTP");
    arguments.put("attention_channels", weights.size(ATTENTION, 0));
    arguments.put("global_context", weights.size(ATTENTION, 1) != width);
    arguments.put("embedding_norm", weights.has("bn2.weight"));
    arguments.put("padding_mode", "zeros");
    return new ImportedNetwork(weights.size(FIRST, 1), arguments, renaming.tensors());
  }

  private static void layer(Renaming renaming, String from, String to) throws ImportException {
    renaming.move(from + ".conv", to + ".conv.conv");
    renaming.move(from + ".bn", to + ".norm.norm");
  }

  private static void block(Renaming renaming, String from, String to, int scale)
      throws ImportException {
    renaming.change(from + "0.", tensor -> Tensors.lastGroupFirst(tensor, 0, scale));
    layer(renaming, from + "0", to + "tdnn1");
    for (int group = 0; group < scale - 1; group++) {
      String filter = to + "res2net_block.blocks." + group;
      renaming.move(from + "1.convs." + group, filter + ".conv.conv");
      renaming.move(from + "1.bns." + group, filter + ".norm.norm");
    }
    renaming.change(from + "2.conv.weight", tensor -> Tensors.lastGroupFirst(tensor, 1, scale));
    layer(renaming, from + "2", to + "tdnn2");
    renaming.movePointwise(from + "3.linear1", to + "se_block.conv1.conv");
    renaming.movePointwise(from + "3.linear2", to + "se_block.conv2.conv");
  }

  private static void addNeutralNorm(Renaming renaming, int width) {
    for (TensorData part :
        List.of(
            Tensors.constant("mfa.norm.norm.weight", width, 1),
            Tensors.constant("mfa.norm.norm.bias", width, 0),
            Tensors.constant("mfa.norm.norm.running_mean", width, 0),
            Tensors.constant("mfa.norm.norm.running_var", width, 1 - EPSILON))) {
      renaming.add(part);
    }
  }
}
