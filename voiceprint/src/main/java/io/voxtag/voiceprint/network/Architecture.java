package io.voxtag.voiceprint.network;

import ai.djl.nn.Block;
import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.campplus.CamPlusPlus;
import io.voxtag.voiceprint.network.ecapa.EcapaTdnn;
import io.voxtag.voiceprint.network.eres2net.ERes2Net;
import io.voxtag.voiceprint.network.resnet.Res2Net;
import io.voxtag.voiceprint.network.resnet.ResNet;
import io.voxtag.voiceprint.network.resnet.ResNetSe;
import io.voxtag.voiceprint.network.tdnn.Tdnn;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * The networks that exist, under the names that configurations and model bundles use. A new one is
 * a class and a line here. Every network maps float32 features [batch, frames, bins] to [batch,
 * embedding].
 */
public enum Architecture {
  /** Desplanques et al., 2020. */
  ECAPA_TDNN("EcapaTdnn", EcapaTdnn::new),
  /** Snyder et al., 2018. */
  TDNN("TDNN", Tdnn::new),
  /** Gao et al., 2019. */
  RES2NET("Res2Net", Res2Net::new),
  /** He et al., 2015. */
  RESNET("ResNet", ResNet::new),
  /** Hu et al., 2018. */
  RESNET_SE("ResNetSE", ResNetSe::new),
  /** Chen et al., 2023. */
  ERES2NET("ERes2Net", ERes2Net::first),
  /** Chen et al., 2024. */
  ERES2NET_V2("ERes2NetV2", ERes2Net::second),
  /** Wang et al., 2023. */
  CAM_PLUS_PLUS("CAMPPlus", CamPlusPlus::new),
  /** Several networks whose cosines are averaged. */
  FUSION("Fusion", Fusion::new);

  private final String configName;
  private final Function<NamedArguments, Block> factory;

  Architecture(String configName, Function<NamedArguments, Block> factory) {
    this.configName = configName;
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
    NamedArguments named = new NamedArguments(configName, arguments);
    Block network = factory.apply(named);
    named.refuseOthers();
    return network;
  }
}
