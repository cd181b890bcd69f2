package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.List;
import java.util.Set;

/** A rate that is multiplied by a factor at each of some steps. */
record MilestoneDecay(double rate, List<Long> milestones, double factor) implements RateSchedule {
  private static final String MILESTONES = "milestones";
  static final Set<String> ARGUMENTS = Set.of(MILESTONES, StepDecay.FACTOR);

  static MilestoneDecay of(double rate, RunLength length, NamedArguments arguments) {
    arguments.require(MILESTONES);
    return new MilestoneDecay(
        rate, arguments.rising(MILESTONES, 1), arguments.number(StepDecay.FACTOR, 0.1, 0, 1));
  }

  @Override
  public double at(long step) {
    long passed = milestones.stream().filter(milestone -> milestone <= step).count();
    return rate * Math.pow(factor, passed);
  }
}
