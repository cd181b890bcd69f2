package io.voxtag.embedder.leg;

import java.time.Duration;

/**
 * How legs are put together and cut.
 *
 * @param windowSamples length of a window, samples at 16 kHz
 * @param hopSamples from the start of a window to the next, samples at 16 kHz, at most {@code
 *     windowSamples}
 * @param reorder how much audio must lie behind a missing chunk before it counts as lost
 * @param reorderChunks how many chunks must have come behind it as well
 * @param idle stream time after which a silent leg is closed; also the longest gap inside a leg
 * @param endGrace stream time that chunks missing before the end of a leg are waited for
 * @param remember stream time for which the end of a leg is remembered, so that repeats that come
 *     later than that do not open it again; at least {@code idle}
 * @param maxChunk longest chunk that is taken
 */
public record LegSettings(
    int windowSamples,
    int hopSamples,
    Duration reorder,
    int reorderChunks,
    Duration idle,
    Duration endGrace,
    Duration remember,
    Duration maxChunk) {

  /** Rate of the clock of windows, Hz. */
  public static final int RATE = 16_000;

  public LegSettings {
    if (windowSamples < 1 || hopSamples < 1 || hopSamples > windowSamples) {
      throw new IllegalArgumentException(
          "windows of %d samples every %d samples; a hop is at least 1 and at most the length"
              .formatted(windowSamples, hopSamples));
    }
    if (reorder.isNegative() || reorderChunks < 0 || idle.toMillis() < 1 || endGrace.isNegative()) {
      throw new IllegalArgumentException(
          "reorder %s, reorder chunks %d, idle %s, end grace %s must not be negative, idle not zero"
              .formatted(reorder, reorderChunks, idle, endGrace));
    }
    if (remember.compareTo(idle) < 0) {
      throw new IllegalArgumentException(
          "ends of legs remembered for %s, must be at least idle %s".formatted(remember, idle));
    }
    if (maxChunk.toMillis() < 1) {
      throw new IllegalArgumentException("longest chunk %s, must be positive".formatted(maxChunk));
    }
  }

  /** Windows of 3 s each second, and bounds that suit chunks of 10 to 200 ms. */
  public static LegSettings defaults() {
    return new LegSettings(
        3 * RATE,
        RATE,
        Duration.ofMillis(200),
        3,
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10));
  }

  static long samples(Duration duration, int rate) {
    return Math.multiplyExact(duration.toMillis(), rate) / 1000;
  }
}
