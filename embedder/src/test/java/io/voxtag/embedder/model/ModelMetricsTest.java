package io.voxtag.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.batch.WindowEmbedder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ModelMetrics metrics = new ModelMetrics(registry);

  @Test
  void theDeviceIsBusyWhileAModelComputesAndNotAfterwards() {
    double[] within = new double[2];
    WindowEmbedder model =
        metrics.watched(
            new FakeModel(
                windows -> {
                  within[0] = busy();
                  while (busy() == within[0]) {
                    Thread.onSpinWait();
                  }
                  within[1] = busy();
                  return windows;
                }));

    model.embed(List.of(new float[16_000]));

    double after = busy();
    assertThat(within[1]).isGreaterThan(within[0]);
    assertThat(after).isGreaterThanOrEqualTo(within[1]);
    assertThat(busy()).isEqualTo(after);
  }

  @Test
  void batchesAtTheSameTimeCountOnce() {
    DeviceUse device = new DeviceUse();
    long start = System.nanoTime();
    device.began();
    device.began();
    device.ended();
    device.ended();

    assertThat(device.seconds())
        .isPositive()
        .isLessThanOrEqualTo((System.nanoTime() - start) / 1e9);
  }

  @Test
  void failuresOfAModelAreCounted() {
    WindowEmbedder model =
        metrics.watched(
            new FakeModel(
                windows -> {
                  throw new IllegalStateException("out of memory");
                }));
    assertThat(failures()).isZero();

    assertThatThrownBy(() -> model.embed(List.of(new float[16_000])))
        .hasMessageContaining("out of memory");

    assertThat(failures()).isEqualTo(1);
  }

  private double busy() {
    return registry.get("voxtag.embedder.device.busy").functionCounter().count();
  }

  private double failures() {
    return registry.get("voxtag.embedder.model.failures").tag("model", "fake-1").counter().count();
  }
}
