package io.voxtag.embedder.batch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that nobody waits for make way for live windows without starving: its batches, of all
 * models together, run one at a time, and each waits until no live window is under way, but after a
 * batch that took <i>t</i> at most so long that it keeps its share of one processor. Batches come
 * to their turn in the order they asked. Thread-safe.
 */
public final class BackgroundPace {

  private final double pausePerWork;
  private final Semaphore turn = new Semaphore(1, true);
  private int live;
  private long lastEnd = System.nanoTime();
  private long longestPause;

  /**
   * @param share of one processor that the background gets at least, above 0 and at most 1
   */
  public BackgroundPace(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "voxtag.embedder.models.background-share is %s, must be above 0 and at most 1"
              .formatted(share));
    }
    this.pausePerWork = 1 / share - 1;
  }

  /** A live window is under way. */
  public synchronized void liveBegan() {
    live++;
  }

  /** A live window is done. */
  public synchronized void liveEnded() {
    live--;
    if (live == 0) {
      notifyAll();
    }
  }

  /** Runs a batch when its turn has come. */
  void run(Runnable batch) throws InterruptedException {
    turn.acquire();
    try {
      awaitQuiet();
      long start = System.nanoTime();
      try {
        batch.run();
      } finally {
        ended(start);
      }
    } finally {
      turn.release();
    }
  }

  private synchronized void awaitQuiet() throws InterruptedException {
    long end = lastEnd + longestPause;
    while (live > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void ended(long start) {
    lastEnd = System.nanoTime();
    longestPause = (long) ((lastEnd - start) * pausePerWork);
  }
}
