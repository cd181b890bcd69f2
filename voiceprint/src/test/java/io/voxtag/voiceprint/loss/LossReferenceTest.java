package io.voxtag.voiceprint.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.voxtag.voiceprint.Reference;
import io.voxtag.voiceprint.network.StateDict;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossReferenceTest {

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("aam_m0.2_s32", "AAMLoss", Map.of("margin", 0.2, "scale", 32)),
        Arguments.of(
            "aam_m0.5_s30_easy",
            "AAMLoss",
            Map.of("margin", 0.5, "scale", 30, "easy_margin", true)),
        Arguments.of("aam_smooth0.1", "AAMLoss", Map.of("label_smoothing", 0.1)),
        Arguments.of("am_m0.3_s32", "AMLoss", Map.of("margin", 0.3, "scale", 32)),
        Arguments.of("arm_m0.3_s32", "ARMLoss", Map.of("margin", 0.3, "scale", 32)),
        Arguments.of("ce", "CELoss", Map.of()),
        Arguments.of("sphereface2_C", "SphereFace2", Map.of("margin_type", "C")),
        Arguments.of("sphereface2_A", "SphereFace2", Map.of("margin_type", "A", "margin", 0.15)),
        Arguments.of("subcenter_k3", "SubCenterLoss", Map.of("K", 3)),
        Arguments.of("triplet_angular", "TripletAngularMarginLoss", Map.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void valueAndGradientsEqualTheReference(
      String name, String method, Map<String, Object> arguments) {
    try (Reference reference = new Reference("losses")) {
      // given
      NDArray features = reference.get("features");
      Loss loss = LossMethod.of(method).create(reference.manager(), arguments);
      NDArray weight = reference.get(loss.centres() == 1 ? "weight" : "weight_k3");
      Classifier classifier =
          Classifier.create(
              reference.manager(),
              weight.getShape().get(0) / loss.centres(),
              weight.getShape().get(1),
              Map.of("K", loss.centres()));
      StateDict.assign(classifier.parameters().get("weight"), weight.toFloatArray());
      NDArray learnt = classifier.parameters().get("weight").getArray();
      features.setRequiresGradient(true);
      learnt.setRequiresGradient(true);
      // when
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = classifier.logits(features);
        value = loss.evaluate(features, logits, reference.get("labels"), loss.margin().orElse(0));
        collector.backward(value);
      }
      // then
      double expected = reference.get(name + ".loss").toFloatArray()[0];
      assertThat((double) value.getFloat()).isCloseTo(expected, within(1e-4 * expected));
      Reference.assertClose(features.getGradient(), reference.get(name + ".grad_features"), 1e-4);
      Reference.assertClose(learnt.getGradient(), reference.get(name + ".grad_weight"), 1e-4);
    }
  }
}
