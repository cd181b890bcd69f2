package io.voxtag.embedder.batch;

import java.time.Duration;

/**
 * How windows share batches.
 *
 * @param size most windows in a batch
 * @param maxWait how long the first window of a batch waits for others
 * @param threads batches that run at the same time
 */
public record BatchSettings(int size, Duration maxWait, int threads) {

  public BatchSettings {
    if (size < 1 || maxWait.isNegative() || threads < 1) {
      throw new IllegalArgumentException(
          "batches of %d windows, wait %s, %d threads: size and threads from 1, wait from 0"
              .formatted(size, maxWait, threads));
    }
  }
}
