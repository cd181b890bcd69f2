package io.voxtag.voiceprint.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateMethodTest {
  private static final RunLength LENGTH = new RunLength(20, 60);

  static List<String> cases() {
    try (Reference cases = new Reference("schedules_pytorch")) {
      return List.copyOf(cases.under("").keySet());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void ratesEqualThoseOfPyTorch(String name) {
    try (Reference reference = new Reference("schedules_pytorch")) {
      // given
      double start = Double.parseDouble(reference.metadata("learning_rate"));
      Reference.Call call = reference.call(name);
      double[] expected = reference.get(name).toDoubleArray();
      // when
      RateSchedule schedule = RateMethod.of(call.method()).create(start, LENGTH, call.args());
      // then
      for (int step = 0; step < expected.length; step++) {
        assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected[step], within(1e-12));
      }
    }
  }

  @Test
  void theWarmUpCosineCountsEpochs() {
    // given
    RateSchedule schedule =
        RateMethod.of("WarmupCosineSchedulerLR")
            .create(0.5, LENGTH, Map.of("min_lr", 1e-5, "max_lr", 1e-3, "warmup_epoch", 5));
    RateSchedule bySteps = new WarmupCosine(1e-5, 1e-3, 100, 1200);
    // then
    for (long step = 0; step < 1300; step++) {
      assertThat(schedule.at(step)).isEqualTo(bySteps.at(step));
    }
  }

  @Test
  void cosineAnnealingIsALittleLongerThanTheRun() {
    RateSchedule schedule = RateMethod.COSINE_ANNEALING.create(1, LENGTH, Map.of());
    assertThat(schedule.at(72 * 20)).isCloseTo(0, within(1e-12));
    assertThat(schedule.at(36 * 20)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theMarginFollowsTheEpochsOfTheRun() {
    // given: as the original does where the configuration does not say
    MarginRamp ramp = MarginRamp.of(Map.of(), LENGTH);
    // then
    assertThat(ramp).isEqualTo(new MarginRamp(0, 0.3, 18 * 20, 42 * 20));
    assertThat(MarginRamp.of(Map.of("increase_start_epoch", 10, "fix_epoch", 30), LENGTH))
        .isEqualTo(new MarginRamp(0, 0.3, 10 * 20, 30 * 20));
  }

  @Test
  void aLinearMarginIsHalfWayInTheMiddle() {
    MarginRamp ramp =
        MarginRamp.of(
            Map.of(
                "increase_type",
                "linear",
                "increase_start_epoch",
                0,
                "fix_epoch",
                10,
                "initial_margin",
                0.1,
                "final_margin",
                0.5),
            LENGTH);
    assertThat(ramp.at(100)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void unknownSchedulesAreToldWhatIsKnown() {
    assertThatThrownBy(() -> RateMethod.of("ReduceLROnPlateau"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ReduceLROnPlateau")
        .hasMessageContaining("StepLR");
  }

  @Test
  void missingAndWrongArgumentsAreNamed() {
    refused("StepLR", Map.of(), "StepLR: step_size is missing");
    refused("StepLR", Map.of("step_size", 0), "step_size");
    refused("MultiStepLR", Map.of("milestones", List.of(5, 3)), "milestones is [5, 3]");
    refused("LinearLR", Map.of("start_factor", 0), "start_factor is 0");
    refused("CosineAnnealingLR", Map.of("eta_min", 2), "eta_min is 2");
    refused(
        "WarmupCosineSchedulerLR",
        Map.of("min_lr", 1e-5, "max_lr", 1e-3, "warmup_epoch", 70),
        "warmup_epoch is 70.0 but must be below fix_epoch 60.0");
    assertThatThrownBy(
            () -> MarginRamp.of(Map.of("fix_epoch", 5, "increase_start_epoch", 6), LENGTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("increase_start_epoch is 6");
  }

  private static void refused(String method, Map<String, ?> arguments, String message) {
    assertThatThrownBy(() -> RateMethod.of(method).create(1, LENGTH, arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
