package io.voxtag.voiceprint.training.schedule;

/** A learning rate for every step. Immutable. Made by {@link RateMethod}. */
@FunctionalInterface
public interface RateSchedule {

  /** The rate of a step, from 0; positive, or zero where a schedule ends in zero. */
  double at(long step);
}
