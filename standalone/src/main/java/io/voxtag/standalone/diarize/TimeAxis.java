package io.voxtag.standalone.diarize;

import java.util.Locale;

/** Times on a timeline: where marks go, and how they are written. */
final class TimeAxis {

  private static final long[] STEPS_MS = {
    1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
    1_800_000, 3_600_000
  };

  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 3_600_000;

  private TimeAxis() {}

  /** The time between two marks, ms, so that there are at most so many after the first. */
  static long step(long lengthMs, int most) {
    for (long step : STEPS_MS) {
      if (lengthMs <= step * most) {
        return step;
      }
    }
    long hours = (lengthMs + most * HOUR_MS - 1) / (most * HOUR_MS);
    return hours * HOUR_MS;
  }

  /** As min:s, with hours where there are any. */
  static String text(long ms) {
    long seconds = ms / 1000;
    return ms < HOUR_MS
        ? String.format(Locale.ROOT, "%d:%02d", ms / MINUTE_MS, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", ms / HOUR_MS, ms / MINUTE_MS % 60, seconds % 60);
  }
}
