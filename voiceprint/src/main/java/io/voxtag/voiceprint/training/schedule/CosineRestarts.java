package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * Half cosines from the highest to the lowest rate, one after the other (Loshchilov, Hutter: "SGDR:
 * Stochastic Gradient Descent with Warm Restarts", 2017).
 *
 * @param first steps of the first one
 * @param growth how many times longer than the one before each is
 */
record CosineRestarts(double highest, double lowest, long first, int growth)
    implements RateSchedule {
  private static final String FIRST = "T_0";
  private static final String GROWTH = "T_mult";
  static final Set<String> ARGUMENTS = Set.of(FIRST, GROWTH, CosineAnnealing.LOWEST);

  static CosineRestarts of(double rate, RunLength length, NamedArguments arguments) {
    arguments.require(FIRST);
    return new CosineRestarts(
        rate,
        arguments.number(CosineAnnealing.LOWEST, 0, 0, rate),
        arguments.integer(FIRST, 1, 1, Integer.MAX_VALUE),
        arguments.integer(GROWTH, 1, 1, 1000));
  }

  @Override
  public double at(long step) {
    long length = first;
    long since = step;
    if (growth == 1) {
      since = step % length;
    }
    while (since >= length) {
      since -= length;
      length *= growth;
    }
    return CosineAnnealing.between(highest, lowest, (double) since / length);
  }
}
