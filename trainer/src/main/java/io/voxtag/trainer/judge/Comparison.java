package io.voxtag.trainer.judge;

import io.voxtag.scoring.Interval;

/**
 * Two models on one set of trials.
 *
 * @param set its name
 * @param seconds of speech that the compared recordings were cut to; 0 where they are whole
 * @param trials how many both answered
 * @param candidate the new one
 * @param active the one in service
 * @param difference where the equal error rate of the new one less that of the other lies; above 0
 *     the new one is worse
 */
public record Comparison(
    String set,
    double seconds,
    int trials,
    ErrorSummary candidate,
    ErrorSummary active,
    Interval difference) {

  /** What reports and metrics call it: {@code tel}, or {@code tel.3s} for three seconds. */
  public String name() {
    return seconds == 0
        ? set
        : seconds == Math.rint(seconds)
            ? set + "." + (long) seconds + "s"
            : set + "." + seconds + "s";
  }
}
