package io.voxtag.voiceprint.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.provider.Arguments;

/** Small networks of every architecture, with statistics of normalisation that change something. */
public final class SmallNetworks {
  /** Not a power of two, so that halving it rounds. */
  public static final int BINS = 27;

  public static final int EMBEDDING = 6;

  private static final List<Integer> ONE_EACH = List.of(1, 1, 1, 1);

  private SmallNetworks() {}

  /** One of each architecture that embeds alone: name, arguments. */
  public static List<Arguments> one() {
    return List.of(
        of("EcapaTdnn", ecapa()),
        of("TDNN", Map.of("channels", 8)),
        of("Res2Net", Map.of("m_channels", 8, "layers", ONE_EACH)),
        of("ResNetSE", Map.of("num_filters", List.of(4, 8, 8, 16), "layers", ONE_EACH)),
        of("ERes2Net", Map.of("m_channels", 8, "num_blocks", ONE_EACH)),
        of("ERes2NetV2", Map.of("m_channels", 8, "num_blocks", ONE_EACH)),
        of("CAMPPlus", Map.of("growth_rate", 4, "bn_size", 2, "init_channels", 8)),
        of("ResNet", Map.of("m_channels", 4, "num_blocks", ONE_EACH)));
  }

  /** Those of {@link #one()} with every pooling, and with arguments of their own. */
  static List<Arguments> many() {
    List<Arguments> result = new ArrayList<>();
    for (Arguments small : one()) {
      for (String pooling : List.of("ASP", "ASTP", "SAP", "TAP", "TSP", "TSTP")) {
        result.add(with(small, "pooling_type", pooling));
      }
    }
    result.add(with(one().get(2), "scale", 1));
    result.add(with(with(one().get(2), "scale", 4), "layers", List.of(2, 1, 2, 1)));
    result.add(with(one().get(3), "layers", List.of(2, 1, 2, 1)));
    result.add(with(with(one().get(4), "scale", 3), "num_blocks", List.of(1, 2, 2, 1)));
    result.add(with(one().get(4), "mul_channel", 2));
    result.add(with(one().get(4), "two_emb_layer", true));
    result.add(with(one().get(5), "two_emb_layer", true));
    result.add(with(one().get(6), "config_str", "batchnorm-prelu"));
    result.add(with(with(one().get(7), "bottleneck", true), "num_blocks", List.of(2, 1, 2, 1)));
    return result;
  }

  private static Map<String, Object> ecapa() {
    return Map.of(
        "channels", List.of(16, 16, 16, 24),
        "kernel_sizes", List.of(5, 3, 3, 1),
        "dilations", List.of(1, 2, 3, 1),
        "attention_channels", 6,
        "se_channels", 6);
  }

  private static Arguments of(String architecture, Map<String, ?> sizes) {
    Map<String, Object> arguments = new HashMap<>(sizes);
    arguments.put("embd_dim", EMBEDDING);
    return Arguments.of(architecture, arguments);
  }

  private static Arguments with(Arguments small, String key, Object value) {
    Map<String, Object> arguments = new HashMap<>();
    ((Map<?, ?>) small.get()[1]).forEach((name, given) -> arguments.put((String) name, given));
    arguments.put(key, value);
    return Arguments.of(small.get()[0], arguments);
  }

  /** A network with weights that belong to the manager, normalising by scales of both signs. */
  static Block create(String architecture, Map<String, ?> arguments, NDManager manager) {
    Block network = untrained(architecture, arguments, manager);
    Random random = new Random(5);
    StateDict.of(network)
        .forEach(
            (name, parameter) -> {
              int size = (int) parameter.getShape().size();
              boolean normalisation = parameter.getShape().dimension() == 1;
              if (normalisation) {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                  values[i] =
                      name.endsWith("running_var")
                          ? 0.5f + random.nextFloat()
                          : 0.5f * (float) random.nextGaussian();
                }
                StateDict.assign(parameter, values);
              }
            });
    return network;
  }

  /** A network as training starts with it. */
  public static Block untrained(String architecture, Map<String, ?> arguments, NDManager manager) {
    Map<String, Object> all = new HashMap<>(arguments);
    all.put("input_size", BINS);
    Block network = Architecture.of(architecture).create(all);
    Engine.getInstance().setRandomSeed(3);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, BINS));
    return network;
  }

  static NDManager manager() {
    return NDManager.newBaseManager(Device.cpu());
  }

  static NDArray features(NDManager manager, int batch, int frames) {
    Random random = new Random(7);
    float[] values = new float[batch * frames * BINS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(batch, frames, BINS));
  }
}
