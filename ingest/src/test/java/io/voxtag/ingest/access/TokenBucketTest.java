package io.voxtag.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private final AtomicLong now = new AtomicLong(7);

  @Test
  void aSecondsWorthIsTakenAtOnceAndThenOneAtATime() {
    TokenBucket bucket = new TokenBucket(4, now::get);

    for (int i = 0; i < 4; i++) {
      assertThat(bucket.tryTake()).isTrue();
    }
    assertThat(bucket.tryTake()).isFalse();

    now.addAndGet(249_000_000);
    assertThat(bucket.tryTake()).isFalse();
    now.addAndGet(1_000_000);
    assertThat(bucket.tryTake()).isTrue();
    assertThat(bucket.tryTake()).isFalse();
  }

  @Test
  void aRestNeverHoldsMoreThanASecondsWorth() {
    TokenBucket bucket = new TokenBucket(2, now::get);
    now.addAndGet(3_600_000_000_000L);

    assertThat(bucket.tryTake()).isTrue();
    assertThat(bucket.tryTake()).isTrue();
    assertThat(bucket.tryTake()).isFalse();
  }

  @Test
  void whatWasTakenTooFastIsWaitedFor() {
    TokenBucket bucket = new TokenBucket(1000, now::get);

    assertThat(bucket.take(1000)).isZero();
    assertThat(bucket.take(500)).isEqualTo(500_000_000);
    assertThat(bucket.take(250)).isEqualTo(750_000_000);

    now.addAndGet(750_000_000);
    assertThat(bucket.take(0)).isZero();
  }
}
