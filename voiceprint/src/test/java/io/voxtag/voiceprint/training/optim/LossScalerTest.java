package io.voxtag.voiceprint.training.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossScalerTest {

  @Test
  void growsAfterTwoThousandGoodStepsInARow() {
    LossScaler scaler = LossScaler.START;
    for (int step = 0; step < 1999; step++) {
      scaler = scaler.after(true);
      assertThat(scaler.scale()).isEqualTo(1024);
    }
    scaler = scaler.after(true);
    assertThat(scaler).isEqualTo(new LossScaler(2048, 0));
  }

  @Test
  void fallsWithEveryOverflowAndBeginsToCountAnew() {
    LossScaler scaler = new LossScaler(1024, 1500).after(false);
    assertThat(scaler).isEqualTo(new LossScaler(512, 0));
  }

  @Test
  void isExhaustedOnceNoFactorCanHelp() {
    LossScaler scaler = LossScaler.START;
    int overflows = 0;
    while (!scaler.exhausted()) {
      scaler = scaler.after(false);
      overflows++;
    }
    // From 2^10 to below 2^-16.
    assertThat(overflows).isEqualTo(27);
  }
}
