package io.voxtag.voiceprint.training.schedule;

/**
 * A margin that grows from its initial to its final value along a saturating exponential, so that a
 * young network is not asked for too much.
 *
 * @param start step at which it begins to grow
 * @param fix step from which it has its final value
 */
public record MarginRamp(double initial, double last, long start, long fix) {
  /** What is left of the way at the end of the ramp. */
  private static final double REST = 1e-3;

  public MarginRamp {
    if (!(initial >= 0 && last >= initial)) {
      throw new IllegalArgumentException(
          "margins from " + initial + " to " + last + " must not be negative nor fall");
    }
    if (start < 0 || fix < start) {
      throw new IllegalArgumentException(
          "the margin cannot grow from step " + start + " to step " + fix);
    }
  }

  /** The margin at a step, from 0. */
  public double at(long step) {
    if (step < start) {
      return initial;
    }
    if (step >= fix) {
      return last;
    }
    double done = (double) (step - start) / (fix - start);
    double ratio = 1 - Math.exp(done * Math.log(REST / (1 + 1e-6)));
    return initial + (last - initial) * ratio;
  }
}
