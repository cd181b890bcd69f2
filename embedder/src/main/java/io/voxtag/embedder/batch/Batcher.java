package io.voxtag.embedder.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers windows of all calls into batches and runs the model on them, on threads of its own.
 * Windows leave the queue in the order they came. The queue has no bound of its own: whoever
 * submits holds back when {@link #queued()} is high.
 *
 * <p>A batch that fails is tried again window by window, so that one bad window does no harm to the
 * others. Where the model fails even on a window that it could embed at the start, the batcher
 * reports it and takes no more work. Thread-safe.
 */
public final class Batcher implements AutoCloseable {

  private static final int PROBE_SAMPLES = 16_000;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Job(float[] window, CompletableFuture<float[]> vector, long since) {}

  private final WindowEmbedder embedder;
  private final BatchSettings settings;
  private final BatchMetrics metrics;
  private final Consumer<Throwable> fatal;
  private final float[] probe;
  private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final @Nullable BackgroundPace pace;
  private volatile boolean closed;

  /**
   * Embeds a window once, which also warms the model up, and starts the threads.
   *
   * @param fatal told once, by a thread of the batcher, that the model is broken
   */
  public Batcher(
      WindowEmbedder embedder,
      BatchSettings settings,
      BatchMetrics metrics,
      Consumer<Throwable> fatal) {
    this(embedder, settings, metrics, fatal, null);
    embedder.embed(List.of(probe));
    start("embedder-inference-", Thread.NORM_PRIORITY);
  }

  private Batcher(
      WindowEmbedder embedder,
      BatchSettings settings,
      BatchMetrics metrics,
      Consumer<Throwable> fatal,
      @Nullable BackgroundPace pace) {
    this.embedder = embedder;
    this.settings = settings;
    this.metrics = metrics;
    this.fatal = fatal;
    this.pace = pace;
    this.probe = probe(Math.max(PROBE_SAMPLES, embedder.minSamples()));
  }

  /**
   * A batcher whose work nobody waits for: one thread, whose batches keep the pace. The model is
   * not warmed up.
   *
   * @param fatal told once, by the thread of the batcher, that the model is broken
   */
  public static Batcher inBackground(
      WindowEmbedder embedder,
      BatchMetrics metrics,
      Consumer<Throwable> fatal,
      BackgroundPace pace) {
    Batcher batcher =
        new Batcher(embedder, BatchSettings.inBackground(embedder), metrics, fatal, pace);
    batcher.start("embedder-background-", Thread.MIN_PRIORITY);
    return batcher;
  }

  private void start(String name, int priority) {
    for (int i = 0; i < settings.threads(); i++) {
      Thread thread = new Thread(this::run, name + i);
      thread.setDaemon(true);
      thread.setPriority(priority);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Queues a window; never blocks.
   *
   * @return its vector; or {@link WindowFailedException} where the model fails on it alone, {@link
   *     ModelFailedException} where it fails altogether, {@link CancellationException} where the
   *     batcher is closed. Completed by a thread of the batcher: what follows must be short
   */
  public CompletableFuture<float[]> submit(float[] window) {
    Job job = new Job(window, new CompletableFuture<>(), System.nanoTime());
    queue.add(job);
    if (closed) {
      cancelQueued();
    }
    return job.vector();
  }

  /** Windows that wait for a batch. */
  public int queued() {
    return queue.size();
  }

  /** Lets running batches end and cancels what waits. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    cancelQueued();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancelQueued() {
    for (Job job = queue.poll(); job != null; job = queue.poll()) {
      job.vector().completeExceptionally(new CancellationException("the batcher is closed"));
    }
  }

  private void run() {
    List<Job> batch = new ArrayList<>();
    try {
      while (!closed) {
        gather(batch);
        embedInTurn(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      batch.forEach(job -> job.vector().completeExceptionally(new CancellationException()));
    } catch (Throwable e) {
      closed = true;
      fatal.accept(e);
      batch.forEach(job -> job.vector().completeExceptionally(e));
      cancelQueued();
    }
  }

  private void gather(List<Job> batch) throws InterruptedException {
    Job first = queue.take();
    batch.add(first);
    long deadline = first.since() + settings.maxWait().toNanos();
    while (batch.size() < settings.size()) {
      Job next = queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    long now = System.nanoTime();
    batch.forEach(job -> metrics.waited(Duration.ofNanos(now - job.since())));
  }

  private void embedInTurn(List<Job> batch) throws InterruptedException {
    if (pace == null) {
      embed(batch);
    } else {
      pace.run(() -> embed(batch));
    }
  }

  private void embed(List<Job> batch) {
    float[][] vectors;
    long start = System.nanoTime();
    try {
      vectors = embedChecked(batch.stream().map(Job::window).toList());
    } catch (RuntimeException e) {
      embedSingly(batch);
      return;
    }
    metrics.embedded(batch.size(), Duration.ofNanos(System.nanoTime() - start));
    for (int i = 0; i < vectors.length; i++) {
      batch.get(i).vector().complete(vectors[i]);
    }
  }

  private void embedSingly(List<Job> batch) {
    for (Job job : batch) {
      try {
        job.vector().complete(embedChecked(List.of(job.window()))[0]);
      } catch (RuntimeException e) {
        requireModel(e);
        job.vector().completeExceptionally(new WindowFailedException(job.window().length, e));
      }
    }
  }

  private void requireModel(RuntimeException failure) {
    try {
      embedChecked(List.of(probe));
    } catch (RuntimeException e) {
      e.addSuppressed(failure);
      throw new ModelFailedException(embedder.modelVersion(), e);
    }
  }

  private float[][] embedChecked(List<float[]> windows) {
    float[][] vectors = embedder.embed(windows);
    if (vectors.length != windows.size()) {
      throw new IllegalStateException(
          "%d vectors for %d windows".formatted(vectors.length, windows.size()));
    }
    return vectors;
  }

  private static float[] probe(int samples) {
    Random random = new Random(1);
    float[] noise = new float[samples];
    for (int i = 0; i < samples; i++) {
      noise[i] = (float) random.nextGaussian() * 0.05f;
    }
    return noise;
  }
}
