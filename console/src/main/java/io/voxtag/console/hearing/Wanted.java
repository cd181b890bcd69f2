package io.voxtag.console.hearing;

import io.voxtag.console.live.LegId;

/**
 * A stretch of a leg.
 *
 * @param leg the leg
 * @param fromMs where it begins on the clock of the leg, milliseconds
 * @param toMs where it ends
 */
public record Wanted(LegId leg, long fromMs, long toMs) {

  /** What can be heard at once, milliseconds: recordings are a minute at most. */
  public static final long MAX_MS = 60_000;

  /**
   * @throws IllegalArgumentException if it is empty, too long or before the leg begins
   */
  public Wanted {
    if (fromMs < 0 || toMs <= fromMs || toMs - fromMs > MAX_MS) {
      throw new IllegalArgumentException(
          "from %d to %d ms; needs 0 <= from < to, at most %d ms apart"
              .formatted(fromMs, toMs, MAX_MS));
    }
  }
}
