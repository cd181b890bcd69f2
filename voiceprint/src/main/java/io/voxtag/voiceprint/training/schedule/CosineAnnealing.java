package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * Half a cosine from the highest to the lowest rate, and on as cosines go: after the half period
 * the rate rises again (Loshchilov, Hutter: "SGDR", 2017, without restarts).
 *
 * @param halfPeriod steps from the highest to the lowest rate
 */
record CosineAnnealing(double highest, double lowest, long halfPeriod) implements RateSchedule {
  private static final String HALF_PERIOD = "T_max";
  static final String LOWEST = "eta_min";
  static final Set<String> ARGUMENTS = Set.of(HALF_PERIOD, LOWEST);

  /** How much longer than the run half a period is where a configuration does not say. */
  private static final double LONGER = 1.2;

  static CosineAnnealing of(double rate, RunLength length, NamedArguments arguments) {
    int whole = (int) length.step(Math.floor(length.epochs() * LONGER));
    return new CosineAnnealing(
        rate,
        arguments.number(LOWEST, 0, 0, rate),
        arguments.integer(HALF_PERIOD, Math.max(1, whole), 1, Integer.MAX_VALUE));
  }

  @Override
  public double at(long step) {
    return between(highest, lowest, (double) step / halfPeriod);
  }

  /** The rate after a share of half a period. */
  static double between(double highest, double lowest, double share) {
    return lowest + 0.5 * (highest - lowest) * (1 + Math.cos(Math.PI * share));
  }
}
