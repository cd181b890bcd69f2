package io.voxtag.embedder.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BackgroundPaceTest {

  private static final long WORK = Duration.ofMillis(30).toNanos();

  @Test
  void whileLiveWindowsAreUnderWayABatchWaitsNineTimesAsLongAsTheOneBeforeTook() throws Exception {
    BackgroundPace pace = new BackgroundPace(0.1);
    pace.liveBegan();
    long[] first = run(pace);

    long[] second = run(pace);

    long took = first[1] - first[0];
    // It runs, though the live window never ends.
    assertThat(second[0] - first[1]).isGreaterThanOrEqualTo(8 * took);
  }

  @Test
  void aBatchRunsAsSoonAsNoLiveWindowIsUnderWay() throws Exception {
    // given: a share that would let it run in hours
    BackgroundPace pace = new BackgroundPace(1e-6);
    pace.liveBegan();
    pace.liveBegan();
    run(pace);
    CountDownLatch ran = new CountDownLatch(1);
    Thread background =
        new Thread(
            () -> {
              try {
                pace.run(ran::countDown);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    background.start();

    // when
    pace.liveEnded();
    assertThat(ran.await(100, TimeUnit.MILLISECONDS)).isFalse();
    pace.liveEnded();

    // then
    assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    background.join();
  }

  @Test
  void batchesOfSeveralModelsRunOneAtATime() throws Exception {
    BackgroundPace pace = new BackgroundPace(1);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    FakeModel slow =
        new FakeModel(
            windows -> {
              entered.countDown();
              awaitOpen(open);
              return windows;
            });
    FakeModel other = new FakeModel();
    try (Batcher first = background(slow, pace);
        Batcher second = background(other, pace)) {
      CompletableFuture<float[]> held = first.submit(new float[16_000]);
      entered.await();
      CompletableFuture<float[]> waiting = second.submit(new float[16_000]);

      assertThatThrownBy(() -> waiting.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      open.countDown();

      assertThat(held.get(30, TimeUnit.SECONDS)).hasSize(8);
      assertThat(waiting.get(30, TimeUnit.SECONDS)).hasSize(8);
    }
  }

  @Test
  void closingDoesNotWaitForATurn() throws Exception {
    BackgroundPace pace = new BackgroundPace(1e-6);
    pace.liveBegan();
    run(pace);
    Batcher batcher = background(new FakeModel(), pace);
    CompletableFuture<float[]> waiting = batcher.submit(new float[16_000]);

    batcher.close();

    assertThat(waiting).isCompletedExceptionally();
  }

  @Test
  void aShareThatIsNoneIsRefusedByItsKey() {
    for (double share : List.of(0.0, -1.0, 1.1, Double.NaN)) {
      assertThatThrownBy(() -> new BackgroundPace(share))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("voxtag.embedder.models.background-share")
          .hasMessageContaining("above 0 and at most 1");
    }
  }

  private static Batcher background(WindowEmbedder model, BackgroundPace pace) {
    return Batcher.inBackground(model, BatchMetrics.NONE, error -> {}, pace);
  }

  private static void awaitOpen(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Works for a while; when it began and ended, as System.nanoTime says. */
  private static long[] run(BackgroundPace pace) throws InterruptedException {
    long[] times = new long[2];
    pace.run(
        () -> {
          times[0] = System.nanoTime();
          long end = times[0] + WORK;
          while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
          }
          times[1] = System.nanoTime();
        });
    return times;
  }
}
