package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * A rate that falls to zero as a power of what is left of its steps.
 *
 * @param steps after which it is zero
 */
record PolynomialDecay(double rate, long steps, double power) implements RateSchedule {
  private static final String POWER = "power";
  static final Set<String> ARGUMENTS = Set.of(LinearRamp.STEPS, POWER);

  static PolynomialDecay of(double rate, RunLength length, NamedArguments arguments) {
    return new PolynomialDecay(
        rate, LinearRamp.steps(arguments), arguments.number(POWER, 1, 0, 100));
  }

  @Override
  public double at(long step) {
    return rate * Math.pow(1 - (double) Math.min(step, steps) / steps, power);
  }
}
