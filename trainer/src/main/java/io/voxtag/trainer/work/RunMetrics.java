package io.voxtag.trainer.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.voiceprint.training.TrainingProgress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the trainer tells of its runs; NaN where there is none. Thread-safe. */
public final class RunMetrics {

  private static final String PREFIX = "voxtag.trainer.run.";

  private final MeterRegistry meters;
  private final AtomicReference<@Nullable TrainingProgress> progress = new AtomicReference<>();
  private volatile double running;
  private volatile double equalErrorRate = Double.NaN;

  /** Registers the meters. */
  public RunMetrics(MeterRegistry meters) {
    this.meters = meters;
    Gauge.builder("voxtag.trainer.running", () -> running)
        .description("1 while a run is under way, otherwise 0")
        .register(meters);
    gauge("epoch", "Epoch of the run, from 1", TrainingProgress::epoch);
    gauge("step", "Batches done", TrainingProgress::step);
    gauge("loss", "Mean loss of the last batches", TrainingProgress::loss);
    gauge(
        "accuracy",
        "Share of samples classified rightly in the last batches, 0 to 1",
        TrainingProgress::accuracy);
    gauge("samples.per.second", "Training samples a second", TrainingProgress::samplesPerSecond);
    gauge("remaining.seconds", "Estimated time left", TrainingProgress::secondsLeft);
    gauge(
        "progress.ratio",
        "Share of the batches that are done, 0 to 1",
        now -> now.steps() == 0 ? 0 : (double) now.step() / now.steps());
    Gauge.builder(PREFIX + "eer", () -> equalErrorRate)
        .description("Equal error rate on held-out speakers after the last epoch, 0 to 1")
        .register(meters);
    // All of them from the start, so that the first increase shows.
    for (RunPhase phase : RunPhase.values()) {
      if (phase.isOver()) {
        runs(phase);
      }
    }
  }

  private void gauge(String name, String description, ToDoubleFunction<TrainingProgress> value) {
    Gauge.builder(
            PREFIX + name,
            () -> {
              TrainingProgress now = progress.get();
              return now == null ? Double.NaN : value.applyAsDouble(now);
            })
        .description(description)
        .register(meters);
  }

  void running() {
    running = 1;
  }

  void progressed(TrainingProgress now) {
    progress.set(now);
  }

  void evaluated(double rate) {
    equalErrorRate = rate;
  }

  void judged(Map<String, Double> figures) {
    equalErrorRate = figures.getOrDefault("eer.held-out", equalErrorRate);
  }

  void over(RunPhase phase) {
    runs(phase).increment();
  }

  private Counter runs(RunPhase phase) {
    return Counter.builder("voxtag.trainer.runs")
        .description("Runs that are over, by how they ended")
        .tag("outcome", phase.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }

  void idle() {
    running = 0;
    progress.set(null);
    equalErrorRate = Double.NaN;
  }
}
