package io.voxtag.embedder.stream;

import java.time.Duration;

/** What others may know of a poll loop. Thread-safe. */
final class LoopStatus {

  private volatile long lastTurn = System.nanoTime();
  private volatile boolean ended;
  private volatile boolean assigned;
  private volatile int partitions;
  private volatile long lag;
  private volatile int openLegs;
  private volatile int stalled;

  void turned(int assignedPartitions) {
    lastTurn = System.nanoTime();
    partitions = assignedPartitions;
  }

  void assigned() {
    assigned = true;
  }

  void ended() {
    ended = true;
  }

  void counted(long recordsBehind, int legs, int withoutCommit) {
    lag = recordsBehind;
    openLegs = legs;
    stalled = withoutCommit;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Whether the group has given it partitions, perhaps none, at least once. */
  boolean wasAssigned() {
    return assigned;
  }

  Duration sinceLastTurn() {
    return Duration.ofNanos(System.nanoTime() - lastTurn);
  }

  int partitions() {
    return partitions;
  }

  long lag() {
    return lag;
  }

  int openLegs() {
    return openLegs;
  }

  /** Partitions whose legs have too much state for a commit. */
  int stalled() {
    return stalled;
  }
}
