package io.voxtag.ingest.access;

import java.util.function.LongSupplier;

/**
 * Holds a rate: so much a second, and at most a second's worth at once. (A token bucket, Turner,
 * "New directions in communications", 1986.) Thread-safe.
 */
public final class TokenBucket {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /**
   * @param perSecond more than 0
   */
  public TokenBucket(double perSecond) {
    this(perSecond, System::nanoTime);
  }

  TokenBucket(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.tokens = Math.max(1, perSecond);
    this.filledAt = nanoTime.getAsLong();
  }

  /** Takes one if there is one. */
  public synchronized boolean tryTake() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /**
   * Takes what is here already and cannot be refused any more.
   *
   * @return nanoseconds until the rate is held again; 0 where it is held now
   */
  public synchronized long take(long amount) {
    fill();
    tokens -= amount;
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS);
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(Math.max(1, perSecond), tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
  }
}
