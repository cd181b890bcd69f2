package io.voxtag.voiceprint.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"asp", "sap", "tap", "tsp"})
  void ecapaEqualsTheReference(String pooling) {
    try (Reference reference = new Reference("net_ecapa_tdnn_" + pooling)) {
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

  @Test
  void fullSizeHasTheParametersOfTheOriginal() {
    Block network = Architecture.ECAPA_TDNN.create(Map.of());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, 80));
      long learnt =
          StateDict.of(network).values().stream()
              .filter(Parameter::requiresGradient)
              .mapToLong(p -> p.getShape().size())
              .sum();
      assertThat(learnt).isEqualTo(6_194_048);
    }
  }

  private static void load(Block network, Reference reference) {
    Map<String, NDArray> given = reference.under("param.");
    given.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    Map<String, Parameter> state = StateDict.of(network);
    assertThat(state.keySet()).containsExactlyInAnyOrderElementsOf(given.keySet());
    state.forEach((name, parameter) -> given.get(name).copyTo(parameter.getArray()));
  }
}
