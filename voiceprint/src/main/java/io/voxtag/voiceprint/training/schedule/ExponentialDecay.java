package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/** A rate that is multiplied by a factor after every step. */
record ExponentialDecay(double rate, double factor) implements RateSchedule {
  static final Set<String> ARGUMENTS = Set.of(StepDecay.FACTOR);

  static ExponentialDecay of(double rate, RunLength length, NamedArguments arguments) {
    arguments.require(StepDecay.FACTOR);
    return new ExponentialDecay(rate, arguments.number(StepDecay.FACTOR, 1, 0, 1));
  }

  @Override
  public double at(long step) {
    return rate * Math.pow(factor, step);
  }
}
