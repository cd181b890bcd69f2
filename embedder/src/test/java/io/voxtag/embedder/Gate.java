package io.voxtag.embedder;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Holds a model up. */
final class Gate {

  private final CountDownLatch open;
  private boolean first = true;

  Gate(CountDownLatch open) {
    this.open = open;
  }

  /** Lets the batch at the start through and the others when it opens. */
  List<float[]> pass(List<float[]> windows) {
    if (first) {
      first = false;
      return windows;
    }
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return windows;
  }

  /** A model that takes so many milliseconds a batch. */
  static UnaryOperator<List<float[]>> delay(int millis) {
    return windows -> {
      LockSupport.parkNanos(millis * 1_000_000L);
      return windows;
    };
  }
}
