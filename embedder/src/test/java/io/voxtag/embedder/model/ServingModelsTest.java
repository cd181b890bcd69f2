package io.voxtag.embedder.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.TestSettings;
import io.voxtag.embedder.batch.BackgroundPace;
import io.voxtag.embedder.batch.BatchMetrics;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.batch.ModelFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingModelsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final FakeModel old = new FakeModel("old", windows -> windows);
  private final FakeModel fresh = new FakeModel("fresh", windows -> windows);
  private final ServingModels models =
      new ServingModels(
          new ModelParts(
              TestSettings.with(Map.of()).batch(),
              new BackgroundPace(0.1),
              BatchMetrics.NONE,
              new ModelMetrics(new SimpleMeterRegistry()),
              new FakeEnrollments()),
          fatal::set);

  @AfterEach
  void close() {
    models.close();
    assertThat(old.isClosed()).isTrue();
  }

  @Test
  void aWindowStaysWithTheModelItBeganWithAndKeepsItFromBeingFreed() throws Exception {
    // given
    models.add(old, null);
    models.add(fresh, "sha");
    ModelUse before = models.acquire();

    // when
    assertThat(models.activate("fresh")).hasValue("old");
    Thread unloading = unload("old");
    await().atMost(DEADLINE).until(() -> unloading.getState() == Thread.State.WAITING);

    // then
    ModelUse after = models.acquire();
    assertThat(after.version()).isEqualTo("fresh");
    assertThat(before.version()).isEqualTo("old");
    assertThat(before.submit(new float[16_000]).get(30, TimeUnit.SECONDS)).hasSize(8);
    assertThat(old.isClosed()).isFalse();

    before.done();
    unloading.join();
    assertThat(old.isClosed()).isTrue();
    assertThat(after.submit(new float[16_000]).get(30, TimeUnit.SECONDS)).hasSize(8);
    after.done();
    assertThat(models.versions()).containsExactly("fresh");
  }

  @Test
  void aWindowIsEmbeddedAsideUnderTheVersionsAskedForThatDoNotServe() throws Exception {
    models.add(old, null);
    assertThat(models.embedAside(version -> true, new float[16_000])).isEmpty();
    models.add(fresh, "sha");

    assertThat(models.embedAside(version -> false, new float[16_000])).isEmpty();
    assertThat(models.embedAside(version -> true, new float[100])).isEmpty();
    Map<String, CompletableFuture<float[]>> vectors =
        models.embedAside(version -> true, new float[16_000]);

    assertThat(vectors).containsOnlyKeys("fresh");
    assertThat(vectors.get("fresh").get(30, TimeUnit.SECONDS)).hasSize(8);
  }

  @Test
  void whenTooManyWindowsWaitAsideTheNextOneIsNotTaken() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    boolean[] warm = {false};
    FakeModel slow =
        new FakeModel(
            "slow",
            windows -> {
              if (warm[0]) {
                join(open);
              }
              warm[0] = true;
              return windows;
            });
    models.add(old, null);
    models.add(slow, "sha");

    List<CompletableFuture<float[]>> vectors =
        IntStream.range(0, 40)
            .mapToObj(i -> models.embedAside(version -> true, new float[16_000]).get("slow"))
            .toList();

    assertThat(vectors.get(39))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RejectedExecutionException.class);
    open.countDown();
    assertThat(vectors.get(0).get(30, TimeUnit.SECONDS)).hasSize(8);
  }

  private static void join(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theModelInServiceIsNotFreed() throws Exception {
    models.add(old, null);

    models.unload("old");

    assertThat(old.isClosed()).isFalse();
    assertThat(models.acquire().version()).isEqualTo("old");
  }

  @Test
  void whatIsNotLoadedDoesNotGoIntoService() {
    models.add(old, null);

    assertThat(models.activate("fresh")).isEmpty();
    assertThat(models.activate("old")).isEmpty();
    assertThat(models.activeVersion()).isEqualTo("old");
  }

  @Test
  void aModelThatEmbedsNothingIsNotAddedAndClosed() {
    models.add(old, null);
    FakeModel dead =
        new FakeModel(
            "dead",
            windows -> {
              throw new IllegalStateException("no");
            });

    assertThatThrownBy(() -> models.add(dead, "sha")).hasMessage("no");

    assertThat(dead.isClosed()).isTrue();
    assertThat(models.versions()).containsExactly("old");
  }

  @Test
  void whenTheModelInServiceBreaksTheEmbedderCannotGoOn() {
    int[] calls = {0};
    FakeModel breaking =
        new FakeModel(
            "breaking",
            windows -> {
              if (calls[0]++ > 0) {
                throw new IllegalStateException("device lost");
              }
              return windows;
            });
    models.add(breaking, null);

    CompletableFuture<float[]> vector = models.acquire().submit(new float[16_000]);

    assertThatThrownBy(() -> vector.get(30, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
    await().atMost(DEADLINE).until(() -> fatal.get() != null);
    assertThat(fatal.get()).isInstanceOf(ModelFailedException.class);
    old.close();
  }

  @Test
  void afterCloseThereIsNone() {
    models.add(old, null);
    models.close();

    assertThatThrownBy(models::acquire)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private Thread unload(String version) {
    Thread thread =
        new Thread(
            () -> {
              try {
                models.unload(version);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    return thread;
  }
}
