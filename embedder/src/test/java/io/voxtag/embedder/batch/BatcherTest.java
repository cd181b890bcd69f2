package io.voxtag.embedder.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CountDownLatch entered = new CountDownLatch(1);

  @Test
  void aFullBatchDoesNotWait() throws Exception {
    FakeModel model = new FakeModel();
    try (Batcher batcher = batcher(model, 4, LONG)) {
      List<CompletableFuture<float[]>> vectors = submit(batcher, 8);

      for (int i = 0; i < 8; i++) {
        assertThat(vectors.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(FakeModel.vector(window(i)));
      }
      assertThat(model.batches()).containsExactly(4, 4);
    }
  }

  @Test
  void aLoneWindowWaitsNoLongerThanItMay() throws Exception {
    FakeModel model = new FakeModel();
    try (Batcher batcher = batcher(model, 100, Duration.ofMillis(20))) {
      assertThat(batcher.submit(window(1)).get(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(model.batches()).containsExactly(1);
    }
  }

  @Test
  void windowsThatPileUpShareBatches() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    FakeModel model = new FakeModel(blockOn(open, 1));
    try (Batcher batcher = batcher(model, 4, Duration.ZERO)) {
      CompletableFuture<float[]> first = batcher.submit(window(1));
      entered.await();
      List<CompletableFuture<float[]>> others = submit(batcher, 6);
      assertThat(batcher.queued()).isEqualTo(6);
      open.countDown();

      first.get(10, TimeUnit.SECONDS);
      for (CompletableFuture<float[]> vector : others) {
        vector.get(10, TimeUnit.SECONDS);
      }
      assertThat(model.batches()).containsExactly(1, 4, 2);
    }
  }

  @Test
  void aBadWindowDoesNoHarmToTheOthersOfItsBatch() throws Exception {
    FakeModel model =
        new FakeModel(
            windows -> {
              if (windows.stream().anyMatch(window -> window[0] == 3)) {
                throw new IllegalArgumentException("a 3");
              }
              return windows;
            });
    try (Batcher batcher = batcher(model, 8, LONG)) {
      List<CompletableFuture<float[]>> vectors = submit(batcher, 8);

      for (int i = 0; i < 8; i++) {
        if (i == 3) {
          assertThatThrownBy(() -> vectors.get(3).get(10, TimeUnit.SECONDS))
              .isInstanceOf(ExecutionException.class)
              .cause()
              .isInstanceOf(WindowFailedException.class)
              .hasMessageContaining("16000 samples");
        } else {
          assertThat(vectors.get(i).get(10, TimeUnit.SECONDS))
              .isEqualTo(FakeModel.vector(window(i)));
        }
      }
      assertThat(fatal).hasValue(null);
    }
  }

  @Test
  void aBrokenModelIsReportedAndNothingIsAnswered() throws Exception {
    List<Integer> calls = new ArrayList<>();
    FakeModel model =
        new FakeModel(
            windows -> {
              calls.add(windows.size());
              if (calls.size() > 1) {
                throw new IllegalStateException("device lost");
              }
              return windows;
            });
    try (Batcher batcher = batcher(model, 2, LONG)) {
      List<CompletableFuture<float[]>> vectors = submit(batcher, 4);

      for (CompletableFuture<float[]> vector : vectors) {
        assertThatThrownBy(() -> vector.get(10, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
      }
      assertThat(fatal.get())
          .isInstanceOf(ModelFailedException.class)
          .hasMessageContaining("fake-1")
          .hasRootCauseMessage("device lost");
      assertThat(batcher.submit(window(1))).isCompletedExceptionally();
    }
  }

  @Test
  void closingCancelsWhatWaits() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    Batcher batcher = batcher(new FakeModel(blockOn(open, 1)), 1, Duration.ZERO);
    CompletableFuture<float[]> running = batcher.submit(window(1));
    entered.await();
    CompletableFuture<float[]> waiting = batcher.submit(window(2));
    Thread closing = new Thread(batcher::close);
    closing.start();
    await().until(() -> closing.getState() == Thread.State.WAITING);
    open.countDown();
    closing.join();

    assertThat(running).isDone();
    assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
  }

  private Batcher batcher(WindowEmbedder model, int size, Duration wait) {
    return new Batcher(model, new BatchSettings(size, wait, 1), BatchMetrics.NONE, fatal::set);
  }

  private static List<CompletableFuture<float[]>> submit(Batcher batcher, int count) {
    List<CompletableFuture<float[]>> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(batcher.submit(window(i)));
    }
    return vectors;
  }

  /** Blocks on each batch after the first {@code free} ones. */
  private UnaryOperator<List<float[]>> blockOn(CountDownLatch open, int free) {
    int[] calls = {0};
    return windows -> {
      if (calls[0]++ >= free) {
        entered.countDown();
        boolean interrupted = false;
        while (open.getCount() > 0) {
          try {
            open.await();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return windows;
    };
  }

  private static float[] window(int number) {
    float[] window = new float[16_000];
    window[0] = number;
    return window;
  }
}
