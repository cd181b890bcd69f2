package io.voxtag.voiceprint.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLimitsTest {
  private static final List<Integer> DEEP = Collections.nCopies(4, 64);

  @ParameterizedTest
  @CsvSource({
    "Res2Net, m_channels, 0, a whole number from 1 to 4096",
    "Res2Net, base_width, 1, 'at least 64 / m_channels, which is 32'",
    "Res2Net, scale, 33, a whole number from 1 to 32",
    "Res2Net, input_size, 4, a whole number from 5 to 16384",
    "TDNN, channels, 16385, a whole number from 1 to 16384",
    "ERes2Net, expansion, 4, 'twice mul_channel, which is 1'",
    "ERes2NetV2, base_width, 1, 'at least 64 / m_channels, which is 32'",
    "CAMPPlus, growth_rate, 1, a whole number from 2 to 1024"
  })
  void aNumberOutOfRangeIsRefusedByName(String name, String key, int value, String right) {
    assertThatThrownBy(() -> Architecture.of(name).create(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s: %s is %d but must be %s", name, key, value, right);
  }

  @Test
  void stagesThatAreNotFourAreRefusedByName() {
    assertThatThrownBy(() -> Architecture.RES2NET.create(Map.of("layers", List.of(3, 4, 6))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Res2Net: layers is [3, 4, 6] but must be a list of 4 whole numbers");
    assertThatThrownBy(
            () -> Architecture.RESNET_SE.create(Map.of("num_filters", List.of(1, 64, 128, 256))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("num_filters is 1 but must be a whole number from 4");
  }

  @Test
  void anUnknownPoolingOrActivationIsRefusedByName() {
    assertThatThrownBy(() -> Architecture.TDNN.create(Map.of("pooling_type", "MAX")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pooling_type is 'MAX' but must be ASP, ASTP, SAP, TAP, TSP or TSTP");
    assertThatThrownBy(() -> Architecture.CAM_PLUS_PLUS.create(Map.of("config_str", "relu")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "CAMPPlus: config_str is relu but must be 'batchnorm-relu' or 'batchnorm-prelu'");
  }

  @Test
  void theLargestNetworksTakeNoMemoryBeforeTheyAreInitialised() {
    assertLarge(Architecture.TDNN, Map.of("channels", 1 << 14));
    assertLarge(
        Architecture.RES2NET,
        Map.of("m_channels", 1 << 12, "layers", DEEP, "scale", 32, "base_width", 1 << 10));
    assertLarge(
        Architecture.RESNET_SE,
        Map.of("num_filters", Collections.nCopies(4, 1 << 14), "layers", DEEP));
    assertLarge(
        Architecture.ERES2NET,
        Map.of("m_channels", 1 << 12, "num_blocks", DEEP, "scale", 32, "mul_channel", 8));
    assertLarge(
        Architecture.CAM_PLUS_PLUS,
        Map.of("growth_rate", 1 << 10, "bn_size", 64, "init_channels", 1 << 12));
  }

  /** Its weights would take more than 8 GB. */
  private static void assertLarge(Architecture architecture, Map<String, ?> arguments) {
    Block network = architecture.create(arguments);
    long parameters =
        StateDict.of(network).values().stream().mapToLong(p -> p.getShape().size()).sum();
    assertThat(parameters).isGreaterThan(1L << 31);
    assertThat(StateDict.of(network).values()).noneMatch(p -> p.isInitialized());
  }

  @ParameterizedTest
  @CsvSource({"TDNN, 14, 15", "Res2Net, 4, 5"})
  void tooFewFramesAreRefused(String name, int frames, int least) {
    try (NDManager manager = SmallNetworks.manager()) {
      Block network = SmallNetworks.create(name, Map.of(), manager);
      InferencePlan plan = InferencePlan.of(network, manager);
      assertThat(plan.embed(SmallNetworks.features(manager, 1, least)).getShape().get(0)).isOne();
      assertThatThrownBy(() -> plan.embed(SmallNetworks.features(manager, 1, frames)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(frames + " frames are too few: this network needs " + least);
    }
  }
}
