package io.voxtag.ingest.leg;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes taken from clients that Kafka has not acknowledged, per connection and of all together.
 * What was taken is always counted; who is full reads no more until there is room again, at half of
 * a limit. Thread-safe.
 */
public final class OutstandingBytes {

  private final long limit;
  private final AtomicLong total = new AtomicLong();
  private final Set<Account> waiting = ConcurrentHashMap.newKeySet();

  /**
   * @param limit of all connections together, bytes
   */
  public OutstandingBytes(long limit) {
    this.limit = limit;
  }

  public long total() {
    return total.get();
  }

  /** An account for one connection that may have up to {@code accountLimit} bytes outstanding. */
  public Account open(long accountLimit) {
    return new Account(accountLimit);
  }

  /** The bytes of one connection. Thread-safe. */
  public final class Account {

    private final long accountLimit;
    private final AtomicLong own = new AtomicLong();
    private volatile Runnable onRoom = () -> {};

    private Account(long accountLimit) {
      this.accountLimit = accountLimit;
    }

    public boolean isFull() {
      return own.get() >= accountLimit || total.get() >= limit;
    }

    /** Calls {@code action} once, when there is room again; at once where there is. */
    public void whenRoom(Runnable action) {
      onRoom = action;
      waiting.add(this);
      wakeIfRoom();
    }

    /** Waits no more. */
    public void cancel() {
      waiting.remove(this);
    }

    void add(long bytes) {
      own.addAndGet(bytes);
      total.addAndGet(bytes);
    }

    void remove(long bytes) {
      own.addAndGet(-bytes);
      long after = total.addAndGet(-bytes);
      if (after <= limit / 2 && after + bytes > limit / 2) {
        waiting.forEach(Account::wakeIfRoom);
      } else {
        wakeIfRoom();
      }
    }

    private void wakeIfRoom() {
      boolean room = own.get() <= accountLimit / 2 && total.get() <= limit / 2;
      if (room && waiting.remove(this)) {
        onRoom.run();
      }
    }
  }
}
