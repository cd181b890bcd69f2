package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.optim.LossScaler;

/**
 * How far a run is, besides its weights.
 *
 * @param step batches done
 * @param skipped batches among them after which the weights stayed, as gradients had overflowed
 * @param scaler of the loss
 * @param bestEer lowest equal error rate of an evaluation so far, 0 to 1; 1 before any
 * @param epochsSinceBest evaluations since then
 */
record RunState(long step, long skipped, LossScaler scaler, double bestEer, long epochsSinceBest) {
  static final RunState START = new RunState(0, 0, LossScaler.NONE, 1, 0);

  static RunState of(double[] numbers) {
    return new RunState(
        (long) numbers[0],
        (long) numbers[1],
        new LossScaler(numbers[2], (long) numbers[3]),
        numbers[4],
        (long) numbers[5]);
  }

  double[] toNumbers() {
    return new double[] {
      step, skipped, scaler.scale(), scaler.goodSteps(), bestEer, epochsSinceBest
    };
  }

  /**
   * After a batch.
   *
   * @param moved whether the weights did
   * @param now scaler after it
   */
  RunState next(boolean moved, LossScaler now) {
    return new RunState(step + 1, moved ? skipped : skipped + 1, now, bestEer, epochsSinceBest);
  }

  /** After an evaluation; an equal rate counts as better, as there were more steps. */
  RunState evaluated(double eer) {
    return eer <= bestEer
        ? new RunState(step, skipped, scaler, eer, 0)
        : new RunState(step, skipped, scaler, bestEer, epochsSinceBest + 1);
  }
}
