package io.voxtag.standalone.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far long work is, its rate and the time left: over one line on a terminal, as a line
 * now and then elsewhere. Belongs to one thread.
 */
final class Meter {

  private static final long TERMINAL_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LOG_NANOS = Duration.ofSeconds(10).toNanos();

  private final Output output;
  private final String what;
  private final long start = System.nanoTime();
  private long shown = start;

  Meter(Output output, String what) {
    this.output = output;
    this.what = what;
  }

  void at(int done, int all) {
    long now = System.nanoTime();
    if (now - shown < (output.isTerminal() ? TERMINAL_NANOS : LOG_NANOS) && done < all) {
      return;
    }
    shown = now;
    double rate = done / Math.max(1e-3, (now - start) / 1e9);
    output.progress(
        String.format(
            Locale.ROOT,
            "%d of %d %s, %.1f a second, %s left",
            done,
            all,
            what,
            rate,
            clock(Math.round((all - done) / Math.max(rate, 1e-6)))));
  }

  void done() {
    output.progressDone();
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }
}
