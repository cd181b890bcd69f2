package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Map;
import java.util.Set;

/**
 * A margin that grows from its initial to its final value, so that a young network is not asked for
 * too much.
 *
 * @param start step at which it begins to grow
 * @param fix step from which it has its final value
 * @param saturating true to grow along a saturating exponential, false along a straight line
 */
public record MarginRamp(double initial, double last, long start, long fix, boolean saturating) {
  private static final String INITIAL = "initial_margin";
  private static final String FINAL = "final_margin";
  private static final String START = "increase_start_epoch";
  private static final String FIX = "fix_epoch";
  private static final String TYPE = "increase_type";

  /** Where the growth begins and ends in a run whose configuration does not say. */
  private static final double START_SHARE = 0.3;

  private static final double FIX_SHARE = 0.7;

  /** What is left of the way at the end of the exponential. */
  private static final double REST = 1e-3;

  public MarginRamp {
    if (!(initial >= 0 && last >= initial)) {
      throw new IllegalArgumentException(
          "margins from " + initial + " to " + last + " must not be negative nor fall");
    }
    if (start < 0 || fix < start) {
      throw new IllegalArgumentException(
          "the margin cannot grow from step " + start + " to step " + fix);
    }
  }

  /** A margin that grows along a saturating exponential. */
  public MarginRamp(double initial, double last, long start, long fix) {
    this(initial, last, start, fix, true);
  }

  /**
   * A schedule as configurations describe it.
   *
   * @param arguments {@code initial_margin} (0 where missing), {@code final_margin} (0.3), {@code
   *     increase_start_epoch} and {@code fix_epoch} (0.3 and 0.7 of the epochs, whole ones), {@code
   *     increase_type}: {@code exp} or {@code linear}
   * @throws IllegalArgumentException if an argument is unknown or out of range
   */
  public static MarginRamp of(Map<String, ?> arguments, RunLength length) {
    NamedArguments read =
        new NamedArguments(
            "margin_scheduler_args", arguments, Set.of(INITIAL, FINAL, START, FIX, TYPE));
    double fix = read.number(FIX, Math.floor(length.epochs() * FIX_SHARE), 0, 1e6);
    double start =
        read.number(START, Math.min(fix, Math.floor(length.epochs() * START_SHARE)), 0, fix);
    double last = read.number(FINAL, 0.3, 0, 2);
    return new MarginRamp(
        read.number(INITIAL, 0, 0, last),
        last,
        length.step(start),
        length.step(fix),
        read.choice(TYPE, "exp", Set.of("exp", "linear")).equals("exp"));
  }

  /** The margin at a step, from 0. */
  public double at(long step) {
    if (step < start) {
      return initial;
    }
    if (step >= fix) {
      return last;
    }
    double done = (double) (step - start) / (fix - start);
    double ratio = saturating ? 1 - Math.exp(done * Math.log(REST / (1 + 1e-6))) : done;
    return initial + (last - initial) * ratio;
  }
}
