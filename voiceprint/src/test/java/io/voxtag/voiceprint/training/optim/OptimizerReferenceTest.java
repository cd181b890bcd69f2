package io.voxtag.voiceprint.training.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.config.OptimizerConf;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the weights that PyTorch's optimisers gave: {@code optimizers/make.py} made them. */
class OptimizerReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adam_decay", "adamw", "sgd", "sgd_momentum", "sgd_nesterov"})
  void movesWeightsAsPyTorchDoes(String name) throws IOException {
    try (NDManager manager = NDManager.newBaseManager()) {
      // given
      Map<String, NDArray> reference = reference(manager);
      NDArray start = reference.get("start");
      Parameter parameter = parameter(manager, start);
      Weights weights = new Weights(manager, Map.of("weight", parameter));
      Optimizer optimizer = Optimizer.of(conf(name), weights, manager);
      float[] rates = reference.get("rates").toFloatArray();
      for (int step = 0; step < rates.length; step++) {
        // when: half the gradient, whose scale is then two, as with a scaled loss
        try (NDManager scratch = manager.newSubManager();
            GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray gradient = reference.get("gradients").get(scratch, step).mul(0.5f);
          collector.backward(parameter.getArray().mul(gradient).sum());
        }
        try (NDManager scratch = manager.newSubManager()) {
          optimizer.step(scratch, rates[step], 2);
        }
        weights.clearGradients();
        // then
        assertThat(parameter.getArray().toFloatArray())
            .as("step %d", step)
            .usingComparatorWithPrecision(2e-6f)
            .containsExactly(reference.get(name).get(step).toFloatArray());
      }
      optimizer.close();
    }
  }

  private static OptimizerConf conf(String name) {
    boolean plain = name.equals("adam");
    boolean other = name.equals("adam_decay");
    String optimizer = name.startsWith("sgd") ? "SGD" : name.equals("adamw") ? "AdamW" : "Adam";
    return new OptimizerConf(
        optimizer,
        new OptimizerConf.OptimizerArgs(
            1,
            plain ? 0 : 0.05,
            other ? List.of(0.8, 0.95) : null,
            other ? 1e-4 : null,
            name.matches("sgd_.*") ? 0.9 : 0,
            name.equals("sgd_nesterov")),
        "ConstantLR",
        Map.of(),
        null);
  }

  private static Parameter parameter(NDManager manager, NDArray start) {
    Shape shape = start.getShape();
    Parameter parameter =
        Parameter.builder()
            .setName("weight")
            .setType(Parameter.Type.WEIGHT)
            .optShape(shape)
            .build();
    parameter.initialize(manager, DataType.FLOAT32);
    StateDict.assign(parameter, start.toFloatArray());
    return parameter;
  }

  private static Map<String, NDArray> reference(NDManager manager) throws IOException {
    try (InputStream in =
        OptimizerReferenceTest.class.getResourceAsStream("/optimizers/optimizers.safetensors")) {
      return NDList.decode(manager, in).stream()
          .collect(Collectors.toMap(NDArray::getName, Function.identity()));
    }
  }
}
