package io.voxtag.voiceprint.network;

import ai.djl.nn.Block;
import io.voxtag.voiceprint.network.ecapa.EcapaTdnn;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The networks that exist, under the names that configurations and model bundles use. A new one is
 * a class and a line here. Every network maps float32 features [batch, frames, bins] to [batch,
 * embedding].
 */
public enum Architecture {
  /** Desplanques et al., 2020. */
  ECAPA_TDNN(
      "EcapaTdnn",
      Set.of(
          "input_size",
          "embd_dim",
          "pooling_type",
          "channels",
          "kernel_sizes",
          "dilations",
          "groups",
          "attention_channels",
          "res2net_scale",
          "se_channels",
          "global_context",
          "embedding_norm",
          "padding_mode"),
      EcapaTdnn::new),
  /** Several networks whose cosines are averaged. */
  FUSION("Fusion", Set.of("input_size", "networks", "weights"), Fusion::new);

  private final String configName;
  private final Set<String> argumentNames;
  private final Function<Arguments, Block> factory;

  Architecture(String configName, Set<String> argumentNames, Function<Arguments, Block> factory) {
    this.configName = configName;
    this.argumentNames = argumentNames;
    this.factory = factory;
  }

  /** The name in configurations, for example {@code EcapaTdnn}. */
  public String configName() {
    return configName;
  }

  /**
   * The architecture of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Architecture of(String name) {
    for (Architecture architecture : values()) {
      if (architecture.configName.equals(name)) {
        return architecture;
      }
    }
    throw new IllegalArgumentException(
        "unknown architecture '"
            + name
            + "'; known are "
            + Arrays.stream(values()).map(Architecture::configName).toList());
  }

  /** One that can be part of others: without a bound, a small manifest could nest without end. */
  static Architecture member(String name) {
    Architecture architecture = of(name);
    if (architecture == FUSION) {
      throw new IllegalArgumentException("a Fusion cannot be part of a Fusion");
    }
    return architecture;
  }

  /**
   * Makes an uninitialised network.
   *
   * @param arguments by name, as the original project calls them; missing ones take their defaults
   * @throws IllegalArgumentException if an argument is unknown or out of range
   */
  public Block create(Map<String, ?> arguments) {
    return factory.apply(new Arguments(configName, arguments, argumentNames));
  }
}
