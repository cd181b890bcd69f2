package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * A rate that is multiplied by a factor after every so many steps.
 *
 * @param every how many
 */
record StepDecay(double rate, long every, double factor) implements RateSchedule {
  private static final String EVERY = "step_size";
  static final String FACTOR = "gamma";
  static final Set<String> ARGUMENTS = Set.of(EVERY, FACTOR);

  static StepDecay of(double rate, RunLength length, NamedArguments arguments) {
    arguments.require(EVERY);
    return new StepDecay(
        rate,
        arguments.integer(EVERY, 1, 1, Integer.MAX_VALUE),
        arguments.number(FACTOR, 0.1, 0, 1));
  }

  @Override
  public double at(long step) {
    return rate * Math.pow(factor, Math.floorDiv(step, every));
  }
}
