package io.voxtag.console.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Slows guessing down: only so many wrong tokens a minute, whoever offers them. Thread-safe. */
public final class LoginAttempts {

  private static final Duration SPAN = Duration.ofMinutes(1);

  private final int limit;
  private final InstantSource clock;
  private final Deque<Instant> failures = new ArrayDeque<>();

  public LoginAttempts(int limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  /** Whether another attempt is taken now. */
  public synchronized boolean mayTry() {
    Instant since = clock.instant().minus(SPAN);
    while (!failures.isEmpty() && failures.getFirst().isBefore(since)) {
      failures.removeFirst();
    }
    return failures.size() < limit;
  }

  /** Counts a wrong token. */
  public synchronized void failed() {
    failures.addLast(clock.instant());
  }
}
