package io.voxtag.voiceprint.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferencePlanTest {
  private static final Map<String, Object> SMALL =
      Map.of(
          "input_size", 8,
          "embd_dim", 12,
          "channels", List.of(16, 16, 24, 48),
          "kernel_sizes", List.of(5, 3, 3, 1),
          "dilations", List.of(1, 2, 3, 1),
          "groups", List.of(2, 1, 2, 4),
          "res2net_scale", 4,
          "attention_channels", 6,
          "se_channels", 6);

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @ParameterizedTest
  @CsvSource({
    "ASP, reflect, true",
    "ASP, zeros, false",
    "ASTP, zeros, true",
    "ASTP, reflect, false",
    "SAP, reflect, true",
    "TAP, zeros, true",
    "TSP, reflect, true",
    "TSTP, zeros, true"
  })
  void aPlanComputesWhatTheNetworkDoes(String pooling, String padding, boolean context) {
    try (manager) {
      // given scales of both signs, and more windows than are worked on at a time
      Block network = network(pooling, padding, context);
      NDArray features = features(8, 2000);
      // when
      NDArray planned = InferencePlan.of(network, manager).embed(features);
      // then
      ParameterStore store = new ParameterStore(manager, false);
      NDArray expected = network.forward(store, new NDList(features), false).singletonOrThrow();
      Reference.assertClose(planned, expected, 1e-4);
    }
  }

  @Test
  void aCallLeavesNothingButItsResult() {
    try (manager) {
      // given
      InferencePlan plan = InferencePlan.of(network("ASP", "zeros", true), manager);
      NDManager call = manager.newSubManager();
      NDArray features = features(8, 2000);
      features.attach(call);
      // when
      plan.embed(features);
      // then
      assertThat(call.getManagedArrays()).hasSize(2);
    }
  }

  @Test
  void tooFewFramesToMirrorAreRefused() {
    try (manager) {
      InferencePlan plan = InferencePlan.of(network("ASP", "reflect", true), manager);
      NDArray features = features(1, 3);
      assertThatThrownBy(() -> plan.embed(features))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("3 frames are too few");
    }
  }

  private Block network(String pooling, String padding, boolean context) {
    Map<String, Object> arguments = new HashMap<>(SMALL);
    arguments.put("pooling_type", pooling);
    arguments.put("padding_mode", padding);
    arguments.put("global_context", context);
    arguments.put("embedding_norm", true);
    Block network = Architecture.ECAPA_TDNN.create(arguments);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, 8));
    Random random = new Random(5);
    StateDict.of(network)
        .forEach(
            (name, parameter) -> {
              boolean normalisation = name.contains("norm") || name.contains("_bn");
              if (normalisation) {
                float[] values = new float[(int) parameter.getShape().size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] =
                      name.endsWith("running_var")
                          ? 0.5f + random.nextFloat()
                          : (float) random.nextGaussian();
                }
                StateDict.assign(parameter, values);
              }
            });
    return network;
  }

  private NDArray features(int batch, int frames) {
    Random random = new Random(7);
    float[] values = new float[batch * frames * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(batch, frames, 8));
  }
}
