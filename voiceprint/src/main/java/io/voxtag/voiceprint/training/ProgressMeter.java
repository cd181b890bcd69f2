package io.voxtag.voiceprint.training;

/** Sums up steps between two reports of progress. */
final class ProgressMeter {
  private final TrainingConfig config;
  private final Schedules schedules;
  private double lossSum;
  private long right;
  private long seen;
  private long started = System.nanoTime();

  ProgressMeter(TrainingConfig config, Schedules schedules) {
    this.config = config;
    this.schedules = schedules;
  }

  void add(Learner.Result result, int crops) {
    lossSum += result.loss() * crops;
    right += result.right();
    seen += crops;
  }

  /** The report after a number of steps; the next one begins here. */
  TrainingProgress report(long step) {
    long steps = config.trainConf().maxSteps();
    double perSecond = seen / ((System.nanoTime() - started) / 1e9);
    TrainingProgress progress =
        new TrainingProgress(
            step,
            steps,
            lossSum / seen,
            (double) right / seen,
            schedules.rate().at(step - 1),
            schedules.margin().at(step - 1),
            perSecond,
            Math.round((steps - step) * config.datasetConf().batchSize() / perSecond));
    lossSum = 0;
    right = 0;
    seen = 0;
    started = System.nanoTime();
    return progress;
  }
}
