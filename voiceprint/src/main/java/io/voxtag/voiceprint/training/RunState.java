package io.voxtag.voiceprint.training;

/**
 * How far a run is, besides its weights.
 *
 * @param step batches done
 * @param bestEer lowest equal error rate of an evaluation so far, 0 to 1; 1 before any
 * @param epochsSinceBest evaluations since then
 */
record RunState(long step, double bestEer, long epochsSinceBest) {
  static final RunState START = new RunState(0, 1, 0);

  static RunState of(double[] numbers) {
    return new RunState((long) numbers[0], numbers[1], (long) numbers[2]);
  }

  double[] toNumbers() {
    return new double[] {step, bestEer, epochsSinceBest};
  }

  RunState next() {
    return new RunState(step + 1, bestEer, epochsSinceBest);
  }

  /** After an evaluation; an equal rate counts as better, as there were more steps. */
  RunState evaluated(double eer) {
    return eer <= bestEer
        ? new RunState(step, eer, 0)
        : new RunState(step, bestEer, epochsSinceBest + 1);
  }
}
