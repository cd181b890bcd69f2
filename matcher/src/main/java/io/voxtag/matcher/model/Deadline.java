package io.voxtag.matcher.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment by the clock of this process until which several waits may take together. */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** In whole milliseconds, as that is what is waited for; zero when it is over. */
  Duration left() {
    return Duration.ofMillis(Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime())));
  }

  boolean isOver() {
    return left().isZero();
  }
}
