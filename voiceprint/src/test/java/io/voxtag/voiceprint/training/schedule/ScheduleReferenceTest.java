package io.voxtag.voiceprint.training.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.Reference;
import org.junit.jupiter.api.Test;

class ScheduleReferenceTest {

  @Test
  void learningRateEqualsTheReferenceAtEveryStep() {
    try (Reference reference = new Reference("schedules")) {
      double[] expected = reference.get("warmup_cosine_lr").toDoubleArray();
      WarmupCosine schedule = new WarmupCosine(1e-5, 1e-3, 5 * 20, 60 * 20);
      for (int step = 0; step < expected.length; step++) {
        assertThat(schedule.at(step)).isCloseTo(expected[step], within(1e-6 * expected[step]));
      }
    }
  }

  @Test
  void marginEqualsTheReferenceAtEveryStep() {
    try (Reference reference = new Reference("schedules")) {
      double[] expected = reference.get("margin_exp").toDoubleArray();
      MarginRamp schedule = new MarginRamp(0, 0.3, 10 * 20, 30 * 20);
      for (int step = 0; step < expected.length; step++) {
        assertThat(schedule.at(step)).as("step %d", step).isCloseTo(expected[step], within(1e-6));
      }
    }
  }

  @Test
  void refusesARateThatFallsInItsWarmUp() {
    assertThatThrownBy(() -> new WarmupCosine(1e-3, 1e-5, 10, 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rising");
  }
}
