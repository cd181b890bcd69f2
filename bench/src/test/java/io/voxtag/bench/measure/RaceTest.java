package io.voxtag.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RaceTest {

  @Test
  void ratesCountUnitsOfEveryWorker() {
    // given a contestant that takes at least 5 ms for 10 units
    Contestant contestant =
        new Contestant(
            "slow",
            10,
            () -> {
              long until = System.nanoTime() + 5_000_000;
              while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
              }
            });
    // when
    Map<Contestant, Rates> rates =
        new Race(3, Duration.ofMillis(50)).run(List.of(contestant), 2, () -> {});
    // then two workers give at most 4,000 a second
    assertThat(rates.get(contestant).perRound()).hasSize(3);
    assertThat(rates.get(contestant).fastest()).isLessThanOrEqualTo(4_000);
    assertThat(rates.get(contestant).slowest()).isPositive();
  }

  @Test
  void everyWorkerIsPrepared() {
    Map<String, Boolean> prepared = new ConcurrentHashMap<>();
    AtomicInteger unprepared = new AtomicInteger();
    Contestant contestant =
        new Contestant(
            "checks",
            1,
            () -> {
              if (!prepared.containsKey(Thread.currentThread().getName())) {
                unprepared.incrementAndGet();
              }
            });
    new Race(1, Duration.ofMillis(5))
        .run(
            List.of(contestant),
            3,
            () -> prepared.put(Thread.currentThread().getName(), Boolean.TRUE));
    assertThat(prepared).isNotEmpty();
    assertThat(unprepared).hasValue(0);
  }

  @Test
  void aFailureNamesTheContestant() {
    Contestant contestant =
        new Contestant(
            "broken",
            1,
            () -> {
              throw new IllegalArgumentException("no");
            });
    assertThatThrownBy(
            () -> new Race(1, Duration.ofMillis(5)).run(List.of(contestant), 1, () -> {}))
        .hasMessage("broken failed")
        .hasRootCauseMessage("no");
  }

  @Test
  void theRatioIsTheMedianOfRounds() {
    Rates fast = new Rates(List.of(10.0, 40.0, 30.0));
    Rates slow = new Rates(List.of(5.0, 10.0, 10.0));
    assertThat(fast.ratioTo(slow)).isEqualTo(3);
    assertThat(fast.median()).isEqualTo(30);
    assertThat(new Rates(List.of(1.0, 2.0)).median()).isEqualTo(1.5, within(1e-12));
  }

  @Test
  void threadsAreWorkersTimesOperatorThreads() {
    assertThat(Threads.parse("2x1")).isEqualTo(new Threads(2, 1));
    assertThatThrownBy(() -> Threads.parse("2")).hasMessageContaining("WORKERSxTHREADS");
    assertThatThrownBy(() -> Threads.parse("0x1")).hasMessageContaining("0x1");
  }
}
