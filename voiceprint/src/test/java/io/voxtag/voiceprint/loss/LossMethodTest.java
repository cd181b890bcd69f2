package io.voxtag.voiceprint.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossMethodTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    Engine.getInstance().setRandomSeed(11);
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void unknownNamesAreToldWhatIsKnown() {
    assertThatThrownBy(() -> LossMethod.of("AAM"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'AAM'")
        .hasMessageContaining("AAMLoss")
        .hasMessageContaining("TripletAngularMarginLoss");
  }

  @ParameterizedTest
  @CsvSource({
    "AAMLoss, margin, 1.6",
    "AAMLoss, margin, -0.1",
    "AAMLoss, scale, 0",
    "AAMLoss, label_smoothing, 1",
    "AMLoss, margin, 1.5",
    "ARMLoss, easy_margin, 1",
    "CELoss, margin, 0.2",
    "SphereFace2, lanbuda, 1.5",
    "SphereFace2, t, 2.5",
    "SphereFace2, margin_type, 3",
    "SubCenterLoss, K, 0",
    "TripletAngularMarginLoss, ap_value, 2"
  })
  void wrongArgumentsAreRefusedByName(String method, String key, double value) {
    assertThatThrownBy(() -> LossMethod.of(method).create(manager, Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(method)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @EnumSource
  void aLargerMarginNeverMakesTheLossSmaller(LossMethod method) {
    // given
    Loss loss = method.create(manager, Map.of());
    int centres = loss.centres();
    NDArray embeddings = manager.randomNormal(new Shape(8, 16)).normalize(2, 1);
    // Below zero the real margin would not: what it leaves out counts as zero.
    NDArray logits = manager.randomUniform(0.1f, 0.9f, new Shape(8, 5L * centres));
    NDArray labels = manager.create(new long[] {0, 0, 1, 1, 2, 2, 3, 4});
    // when
    float without = loss.evaluate(embeddings, logits, labels, 0).getFloat();
    float with = loss.evaluate(embeddings, logits, labels, 0.3).getFloat();
    // then
    if (loss.margin().isPresent()) {
      assertThat(with).isGreaterThan(without);
    } else {
      assertThat(with).isEqualTo(without);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreFiniteForACosineOfOne(LossMethod method) {
    // given
    Loss loss = method.create(manager, Map.of());
    NDArray logits = manager.ones(new Shape(2, 2L * loss.centres()));
    NDArray embeddings = manager.ones(new Shape(2, 4));
    logits.setRequiresGradient(true);
    NDArray labels = manager.create(new long[] {0, 1});
    // when
    NDArray value;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      value = loss.evaluate(embeddings, logits, labels, loss.margin().orElse(0));
      collector.backward(value);
    }
    // then
    assertThat(Float.isFinite(value.getFloat())).isTrue();
    for (float slope : logits.getGradient().toFloatArray()) {
      assertThat(Float.isFinite(slope)).isTrue();
    }
  }

  @Test
  void theNearestCentreIsTheScoreOfItsClass() {
    Loss loss = LossMethod.SUB_CENTER.create(manager, Map.of("K", 2));
    NDArray logits = manager.create(new float[] {0.1f, 0.7f, 0.5f, -0.2f}, new Shape(1, 4));
    assertThat(loss.scores(logits).toFloatArray()).containsExactly(0.7f, 0.5f);
  }

  @Test
  void aClassifierWithOtherCentresIsRefused() {
    Loss loss = LossMethod.SUB_CENTER.create(manager, Map.of("K", 3));
    assertThatThrownBy(() -> loss.scores(manager.zeros(new Shape(1, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("K is 3");
  }

  @Test
  void aBatchOfOneSpeakerCostsNothingForNegatives() {
    // given
    Loss loss = LossMethod.TRIPLET_ANGULAR_MARGIN.create(manager, Map.of("add_absolute", false));
    NDArray embeddings = manager.randomNormal(new Shape(4, 8));
    NDArray logits = manager.zeros(new Shape(4, 3));
    NDArray labels = manager.create(new long[] {1, 1, 1, 1});
    // when
    float value = loss.evaluate(embeddings, logits, labels, 0.5).getFloat();
    // then
    assertThat(value).isCloseTo((float) Math.log(3), within(1e-5f));
  }

  @Test
  void theBiasOfSphereFace2Learns() {
    // given
    Loss loss = LossMethod.SPHERE_FACE_2.create(manager, Map.of());
    NDArray bias = loss.parameters().get("bias").getArray();
    bias.setRequiresGradient(true);
    NDArray logits = manager.zeros(new Shape(1, 2));
    // when
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(loss.evaluate(logits, logits, manager.create(new long[] {0}), 0));
    }
    // then: by hand, with z = 32 (2 (1/2)^3 - 1) = -24 for both classes
    double expected = -0.7 / (1 + Math.exp(-24)) + 0.3 / (1 + Math.exp(24));
    assertThat((double) bias.getGradient().toFloatArray()[0]).isCloseTo(expected, within(1e-5));
  }
}
