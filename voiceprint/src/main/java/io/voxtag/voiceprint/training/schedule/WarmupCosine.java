package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * A learning rate that rises linearly from its lowest to its highest value, then falls along half a
 * cosine back to the lowest and stays there.
 *
 * @param min lowest rate, positive
 * @param max highest rate, at least the lowest
 * @param warmupSteps steps of the rise
 * @param fixStep step from which the rate stays at its lowest
 */
public record WarmupCosine(double min, double max, long warmupSteps, long fixStep)
    implements RateSchedule {
  private static final String MIN = "min_lr";
  private static final String MAX = "max_lr";
  private static final String WARMUP = "warmup_epoch";
  private static final String FIX = "fix_epoch";
  static final Set<String> ARGUMENTS = Set.of(MIN, MAX, WARMUP, FIX);

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

  static WarmupCosine of(double rate, RunLength length, NamedArguments arguments) {
    arguments.require(MIN, MAX, WARMUP);
    double fix = arguments.number(FIX, length.epochs(), 0, 1e6);
    double warmup = arguments.number(WARMUP, 0, 0, 1e6);
    if (warmup >= fix) {
      throw arguments.wrong(WARMUP, warmup, "below fix_epoch " + fix);
    }
    double max = arguments.positive(MAX, rate, 1e3);
    return new WarmupCosine(
        arguments.positive(MIN, max, max),
        max,
        length.step(warmup),
        Math.max(length.step(fix), length.step(warmup) + 1));
  }

  @Override
  public double at(long step) {
    if (step < warmupSteps) {
      return min + (max - min) * step / warmupSteps;
    }
    if (step >= fixStep) {
      return min;
    }
    double done = (double) (step - warmupSteps) / (fixStep - warmupSteps);
    return CosineAnnealing.between(max, min, done);
  }
}
