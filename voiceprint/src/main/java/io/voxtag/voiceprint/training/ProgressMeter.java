package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.batch.BatchLoader;

/** Sums up steps between two reports of progress. */
final class ProgressMeter {
  private final Schedules schedules;
  private final BatchLoader loader;
  private final long steps;
  private final long perEpoch;
  private double lossSum;
  private long right;
  private long seen;
  private long counted;
  private long started;
  private long waited;

  ProgressMeter(Schedules schedules, BatchLoader loader, long steps, long perEpoch) {
    this.schedules = schedules;
    this.loader = loader;
    this.steps = steps;
    this.perEpoch = perEpoch;
    begin();
  }

  private void begin() {
    lossSum = 0;
    right = 0;
    seen = 0;
    counted = 0;
    started = System.nanoTime();
    waited = loader.waitedNanos();
  }

  void add(Learner.Result result, int crops) {
    lossSum += result.loss() * crops;
    right += result.right();
    seen += crops;
    counted++;
  }

  /** Leaves out time in which something else was done, such as an evaluation. */
  void exclude(long nanos) {
    started += nanos;
  }

  /** The report after a number of steps; the next one begins here. */
  TrainingProgress report(long step) {
    double nanos = Math.max(1, System.nanoTime() - started);
    TrainingProgress progress =
        new TrainingProgress(
            (step - 1) / perEpoch + 1,
            step,
            steps,
            lossSum / seen,
            (double) right / seen,
            schedules.rate().at(step - 1),
            schedules.margin().at(step - 1),
            seen / (nanos / 1e9),
            (loader.waitedNanos() - waited) / nanos,
            Math.round((steps - step) * (nanos / 1e9) / counted));
    begin();
    return progress;
  }
}
