package io.voxtag.voiceprint.training.schedule;

/**
 * A learning rate that rises linearly from its lowest to its highest value, then falls along half a
 * cosine back to the lowest and stays there.
 *
 * @param min lowest rate, positive
 * @param max highest rate, at least the lowest
 * @param warmupSteps steps of the rise
 * @param fixStep step from which the rate stays at its lowest
 */
public record WarmupCosine(double min, double max, long warmupSteps, long fixStep) {

  public WarmupCosine {
    if (!(min > 0 && max >= min)) {
      throw new IllegalArgumentException(
          "learning rates from " + min + " to " + max + " must be positive and rising");
    }
    if (warmupSteps < 0 || fixStep <= warmupSteps) {
      throw new IllegalArgumentException(
          "warm-up of " + warmupSteps + " steps must end before step " + fixStep);
    }
  }

  /** The rate at a step, from 0. */
  public double at(long step) {
    if (step < warmupSteps) {
      return min + (max - min) * step / warmupSteps;
    }
    if (step >= fixStep) {
      return min;
    }
    double done = (double) (step - warmupSteps) / (fixStep - warmupSteps);
    return min + 0.5 * (max - min) * (1 + Math.cos(Math.PI * done));
  }
}
