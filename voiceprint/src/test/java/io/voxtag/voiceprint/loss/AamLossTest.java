package io.voxtag.voiceprint.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.voxtag.voiceprint.Reference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AamLossTest {

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("aam_m0.2_s32", new AamLoss(0.2, 32, false, 0)),
        Arguments.of("aam_m0.5_s30_easy", new AamLoss(0.5, 30, true, 0)),
        Arguments.of("aam_smooth0.1", new AamLoss(0.2, 32, false, 0.1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void valueAndGradientsEqualTheReference(String name, AamLoss loss) {
    try (Reference reference = new Reference("losses")) {
      // given
      NDArray features = reference.get("features");
      NDArray weight = reference.get("weight");
      features.setRequiresGradient(true);
      weight.setRequiresGradient(true);
      // when
      NDArray value;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray cosines = features.normalize(2, 1).matMul(weight.normalize(2, 1).transpose());
        value = loss.evaluate(cosines, reference.get("labels"));
        collector.backward(value);
      }
      // then
      double expected = reference.get(name + ".loss").toFloatArray()[0];
      assertThat((double) value.getFloat()).isCloseTo(expected, within(1e-4 * expected));
      Reference.assertClose(features.getGradient(), reference.get(name + ".grad_features"), 1e-4);
      Reference.assertClose(weight.getGradient(), reference.get(name + ".grad_weight"), 1e-4);
    }
  }
}
