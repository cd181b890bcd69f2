package io.voxtag.voiceprint.training.optim;

/**
 * The factor that keeps gradients inside the range of half precision (Micikevicius et al., "Mixed
 * Precision Training", 2018): it grows after a number of steps without an overflow and falls with
 * each. A step whose gradients overflowed is left out.
 *
 * @param scale present factor
 * @param goodSteps steps since it last changed; -1 where nothing is scaled
 */
public record LossScaler(double scale, long goodSteps) {
  /** At the start, as the original project has it. */
  public static final LossScaler START = new LossScaler(1024, 0);

  /** For full precision, where nothing is scaled. */
  public static final LossScaler NONE = new LossScaler(1, -1);

  private static final double GROWTH = 2;
  private static final double BACKOFF = 0.5;
  private static final long GROWTH_INTERVAL = 2000;
  private static final double LEAST = 1.0 / 65536;

  public LossScaler {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY) || goodSteps < -1) {
      throw new IllegalArgumentException(
          "loss scale " + scale + " after " + goodSteps + " steps must be positive");
    }
  }

  /**
   * What it is after a step.
   *
   * @param finite whether all gradients were finite numbers
   */
  public LossScaler after(boolean finite) {
    if (!isUsed()) {
      return this;
    }
    if (!finite) {
      return new LossScaler(scale * BACKOFF, 0);
    }
    return goodSteps + 1 == GROWTH_INTERVAL
        ? new LossScaler(scale * GROWTH, 0)
        : new LossScaler(scale, goodSteps + 1);
  }

  /** Whether anything is scaled. */
  public boolean isUsed() {
    return goodSteps >= 0;
  }

  /** Whether it fell so far that no factor can help: the gradients are not numbers at all. */
  public boolean exhausted() {
    return scale < LEAST;
  }
}
