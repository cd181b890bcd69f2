package io.voxtag.embedder.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one partition on their way out, in order. Windows are added by the poll loop and
 * taken by the output thread.
 */
final class Lane {

  private final ArrayDeque<WindowJob> jobs = new ArrayDeque<>();
  private int underWay;
  private boolean dropped;

  synchronized void add(WindowJob job) {
    underWay++;
    jobs.add(job);
  }

  /** The next window whose turn it is and which is ready, or null. */
  synchronized @Nullable WindowJob next() {
    WindowJob job = jobs.peek();
    return job != null && job.embedded().isDone() ? jobs.poll() : null;
  }

  /** One window less is under way. */
  synchronized void finished() {
    underWay--;
    if (underWay == 0) {
      notifyAll();
    }
  }

  /** From now on nothing of this partition is sent any more. */
  synchronized void drop() {
    dropped = true;
  }

  synchronized boolean isDropped() {
    return dropped;
  }

  /** Waits until nothing is under way; false where it took too long. */
  synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (underWay > 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
