package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.Reference;
import io.voxtag.voiceprint.loss.CosineClassifier;
import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.loss.LossMethod;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.config.OptimizerConf;
import io.voxtag.voiceprint.training.optim.Optimizer;
import io.voxtag.voiceprint.training.optim.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingStepReferenceTest {

  @Test
  void eightStepsGiveTheLossesGradientsAndStatisticsOfTheReference() {
    try (Reference reference = new Reference("train_step_ecapa")) {
      // given
      NDManager manager = reference.manager();
      NDArray batches = reference.get("batches");
      NDArray labels = reference.get("labels");
      Block network =
          Architecture.ECAPA_TDNN.create(
              Map.of("input_size", 40, "embd_dim", 32, "channels", List.of(32, 32, 32, 32, 96)));
      network.initialize(manager, DataType.FLOAT32, batches.get(0).getShape());
      Map<String, Parameter> state = StateDict.of(network);
      Map<String, NDArray> initial = reference.under("param.");
      state.forEach((name, parameter) -> initial.get(name).copyTo(parameter.getArray()));
      NDArray directions = reference.get("classifier.weight");
      CosineClassifier classifier =
          new CosineClassifier(manager, directions.getShape().get(0), directions.getShape().get(1));
      directions.copyTo(classifier.weight().getArray());
      Map<String, Parameter> all = new LinkedHashMap<>(state);
      all.put("classifier.weight", classifier.weight());
      Weights weights = new Weights(manager, all);
      Optimizer adam = Optimizer.of(adam(1e-5), weights, manager);
      Loss loss = LossMethod.AAM.create(manager, Map.of());
      ParameterStore store = new ParameterStore(manager, false);
      float[] expected = reference.get("losses").toFloatArray();
      for (int step = 0; step < expected.length; step++) {
        try (NDManager scratch = manager.newSubManager()) {
          // when
          NDArray value;
          NDArray input = batches.get(scratch, step);
          NDArray target = labels.get(scratch, step);
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray embeddings = network.forward(store, new NDList(input), true).singletonOrThrow();
            value = loss.evaluate(embeddings, classifier.logits(embeddings), target, 0.2);
            collector.backward(value);
          }
          // then
          assertThat((double) value.getFloat())
              .as("loss at step %d", step)
              .isCloseTo(expected[step], within(1e-3 * expected[step]));
          if (step == 0) {
            reference
                .under("grad0.")
                .forEach(
                    (name, gradient) ->
                        assertThat(gradientError(all.get(name), gradient))
                            .as("gradient of %s", name)
                            .isLessThan(1e-3));
          }
          adam.step(scratch, 1e-3, 1);
          weights.clearGradients();
        }
      }
      reference
          .under("after8.")
          .forEach(
              (name, statistic) ->
                  assertThat(Reference.relativeError(state.get(name).getArray(), statistic))
                      .as(name)
                      .isLessThan(2e-2));
    }
  }

  private static OptimizerConf adam(double weightDecay) {
    return new OptimizerConf(
        "Adam",
        new OptimizerConf.OptimizerArgs(1e-3, weightDecay, null, null, 0, false),
        "ConstantLR",
        Map.of(),
        null);
  }

  /** Gradients that are zero but for rounding are compared absolutely. */
  private static double gradientError(Parameter parameter, NDArray expected) {
    double norm = expected.norm().getFloat();
    NDArray actual = parameter.getArray().getGradient();
    return norm > 1e-4
        ? Reference.relativeError(actual, expected)
        : actual.sub(expected).norm().getFloat();
  }
}
