package io.voxtag.voiceprint.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.network.StateDict;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void cosinesDoNotDependOnLengths() {
    // given
    Classifier classifier = Classifier.create(manager, 2, 2, Map.of());
    StateDict.assign(classifier.parameters().get("weight"), new float[] {5, 0, 0, 0.1f});
    // when
    NDArray logits = classifier.logits(manager.create(new float[] {3, 4}, new Shape(1, 2)));
    // then
    assertThat(logits.toFloatArray()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
  }

  @Test
  void aLinearClassifierIsAnAffineMap() {
    // given
    Classifier classifier = Classifier.create(manager, 2, 2, Map.of("classifier_type", "Linear"));
    StateDict.assign(classifier.parameters().get("output.weight"), new float[] {5, 0, 0, 0.1f});
    StateDict.assign(classifier.parameters().get("output.bias"), new float[] {1, -1});
    // when
    NDArray logits = classifier.logits(manager.create(new float[] {3, 4}, new Shape(1, 2)));
    // then
    assertThat(logits.toFloatArray()).containsExactly(new float[] {16, -0.6f}, within(1e-6f));
  }

  @Test
  void centresLieSideBySide() {
    Classifier classifier = Classifier.create(manager, 7, 4, Map.of("K", 3));
    NDArray logits = classifier.logits(manager.ones(new Shape(2, 4)));
    assertThat(logits.getShape()).isEqualTo(new Shape(2, 21));
  }

  @Test
  void denseBlocksNormaliseOverTheBatch() {
    // given
    Classifier classifier =
        Classifier.create(
            manager, 2, 2, Map.of("classifier_type", "Linear", "num_blocks", 1, "inter_dim", 2));
    Map<String, Parameter> parameters = classifier.parameters();
    StateDict.assign(parameters.get("blocks.0.linear.weight"), new float[] {1, 1, 1, -1});
    StateDict.assign(parameters.get("output.weight"), new float[] {1, 0, 0, 1});
    StateDict.assign(parameters.get("output.bias"), new float[] {0, 0});
    NDArray embeddings = manager.create(new float[] {1, 0, 3, 0}, new Shape(2, 2));
    // when
    NDArray logits = classifier.logits(embeddings);
    // then: 1 and 3 have mean 2 and deviation 1
    assertThat(logits.toFloatArray()).containsExactly(new float[] {-1, -1, 1, 1}, within(1e-4f));
    // and the running mean has moved a tenth of the way
    assertThat(
            parameters.get("blocks.0.nonlinear.batchnorm.running_mean").getArray().toFloatArray())
        .containsExactly(new float[] {0.2f, 0.2f}, within(1e-6f));
  }

  @Test
  void statisticsNeedNoGradient() {
    Map<String, Parameter> parameters =
        Classifier.create(manager, 3, 4, Map.of("num_blocks", 2, "inter_dim", 5)).parameters();
    assertThat(parameters)
        .containsOnlyKeys(
            "blocks.0.linear.weight",
            "blocks.0.nonlinear.batchnorm.weight",
            "blocks.0.nonlinear.batchnorm.bias",
            "blocks.0.nonlinear.batchnorm.running_mean",
            "blocks.0.nonlinear.batchnorm.running_var",
            "blocks.1.linear.weight",
            "blocks.1.nonlinear.batchnorm.weight",
            "blocks.1.nonlinear.batchnorm.bias",
            "blocks.1.nonlinear.batchnorm.running_mean",
            "blocks.1.nonlinear.batchnorm.running_var",
            "weight");
    parameters.forEach(
        (name, parameter) ->
            assertThat(parameter.requiresGradient()).as(name).isEqualTo(!name.contains("running")));
  }

  @Test
  void aLinearClassifierHasNoCentres() {
    assertThatThrownBy(
            () -> Classifier.create(manager, 2, 2, Map.of("classifier_type", "Linear", "K", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classifier: K is 3 but must be 1 for a Linear classifier");
  }
}
