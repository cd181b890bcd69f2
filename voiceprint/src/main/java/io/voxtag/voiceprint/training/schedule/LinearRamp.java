package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * A rate whose factor goes along a straight line for some steps and then stays; on a level line it
 * holds, and then jumps.
 *
 * @param from factor at the start
 * @param to factor towards which the line goes
 * @param after factor when the steps are over
 * @param steps of the line
 */
record LinearRamp(double rate, double from, double to, double after, long steps)
    implements RateSchedule {
  private static final String START = "start_factor";
  private static final String END = "end_factor";
  private static final String FACTOR = "factor";
  static final String STEPS = "total_iters";
  static final Set<String> ARGUMENTS = Set.of(START, END, STEPS);
  static final Set<String> CONSTANT_ARGUMENTS = Set.of(FACTOR, STEPS);

  static LinearRamp of(double rate, RunLength length, NamedArguments arguments) {
    double end = arguments.number(END, 1, 0, 1);
    double start = arguments.positive(START, 1.0 / 3, 1);
    return new LinearRamp(rate, start, end, end, steps(arguments));
  }

  static LinearRamp constant(double rate, RunLength length, NamedArguments arguments) {
    double factor = arguments.number(FACTOR, 1.0 / 3, 0, 1);
    return new LinearRamp(rate, factor, factor, 1, steps(arguments));
  }

  static long steps(NamedArguments arguments) {
    return arguments.integer(STEPS, 5, 1, Integer.MAX_VALUE);
  }

  @Override
  public double at(long step) {
    return rate * (step >= steps ? after : from + (to - from) * step / steps);
  }
}
