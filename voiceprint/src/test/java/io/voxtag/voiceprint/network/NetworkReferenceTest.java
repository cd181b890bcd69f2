package io.voxtag.voiceprint.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkReferenceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecapa_tdnn_asp",
        "ecapa_tdnn_sap",
        "ecapa_tdnn_tap",
        "ecapa_tdnn_tsp",
        "tdnn_asp",
        "tdnn_sap",
        "tdnn_tap",
        "tdnn_tsp",
        "res2net_asp",
        "res2net_sap",
        "res2net_tap",
        "res2net_tsp",
        "resnet_se_asp",
        "resnet_se_sap",
        "resnet_se_tap",
        "resnet_se_tsp",
        "eres2net",
        "eres2net_v2",
        "campplus"
      })
  void aNetworkAndItsPlanEqualTheReference(String name) {
    try (Reference reference = new Reference("net_" + name)) {
      // given
      NDArray input = reference.get("input");
      Map<String, Object> arguments = new LinkedHashMap<>(reference.arguments("args"));
      arguments.put("input_size", (int) input.getShape().get(2));
      Block network = Architecture.of(reference.metadata("class")).create(arguments);
      network.initialize(reference.manager(), DataType.FLOAT32, input.getShape());
      load(network, reference);
      // when
      ParameterStore store = new ParameterStore(reference.manager(), false);
      NDArray output = network.forward(store, new NDList(input), false).singletonOrThrow();
      // then
      Reference.assertClose(output, reference.get("output"), 1e-4);
      NDArray planned = InferencePlan.of(network, reference.manager()).embed(input);
      Reference.assertClose(planned, reference.get("output"), 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EcapaTdnn, 192, 6194048",
    "TDNN, 192, 2770880",
    "Res2Net, 192, 5611840",
    "ResNet, 256, 6634336",
    "ResNetSE, 192, 9123896",
    "ERes2Net, 192, 6610688",
    "ERes2NetV2, 192, 5458202",
    "CAMPPlus, 512, 7176224"
  })
  void fullSizeHasTheParametersOfTheOriginal(String name, int embedding, long parameters) {
    Block network = Architecture.of(name).create(Map.of("input_size", 80, "embd_dim", embedding));
    long learnt =
        StateDict.of(network).values().stream()
            .filter(Parameter::requiresGradient)
            .mapToLong(p -> p.getShape().size())
            .sum();
    assertThat(learnt).isEqualTo(parameters);
  }

  private static void load(Block network, Reference reference) {
    Map<String, NDArray> given = reference.under("param.");
    given.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    Map<String, Parameter> state = StateDict.of(network);
    assertThat(state.keySet()).containsExactlyInAnyOrderElementsOf(given.keySet());
    state.forEach((name, parameter) -> given.get(name).copyTo(parameter.getArray()));
  }
}
