package io.voxtag.voiceprint.training.batch;

import io.voxtag.voiceprint.training.augment.Augmenter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches on worker threads, ahead of their use. Batch number n is the same whatever was
 * loaded before and however many workers there are, so that a resumed run sees what the first would
 * have seen. For one consumer.
 */
public final class BatchLoader implements AutoCloseable {
  private final TrainingClips clips;
  private final BatchSampler sampler;
  private final @Nullable Augmenter augmenter;
  private final int size;
  private final long seed;
  private final int ahead;
  private final ExecutorService workers;
  private final Queue<Future<Batch>> queue = new ArrayDeque<>();
  private long next;
  private long waitedNanos;

  /**
   * @param augmenter changes samples; null for none, as for features
   * @param size values in a crop
   * @param threads that make batches
   * @param first number of the first batch
   */
  public BatchLoader(
      TrainingClips clips,
      BatchSampler sampler,
      @Nullable Augmenter augmenter,
      int size,
      long seed,
      int threads,
      long first) {
    this.clips = clips;
    this.sampler = sampler;
    this.augmenter = augmenter;
    this.size = size;
    this.seed = seed;
    this.next = first;
    ahead = 2 * threads + 2;
    workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "training-data");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The next batch.
   *
   * @throws UncheckedIOException if a clip lies in a file that cannot be read
   */
  public Batch next() throws InterruptedException {
    while (queue.size() < ahead) {
      long number = next++;
      queue.add(workers.submit(() -> load(number)));
    }
    long asked = System.nanoTime();
    try {
      return queue.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("a training batch could not be made", e.getCause());
    } finally {
      waitedNanos += System.nanoTime() - asked;
    }
  }

  /** How long the consumer has waited for batches in all, ns. */
  public long waitedNanos() {
    return waitedNanos;
  }

  private Batch load(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    BatchSampler.Rows rows = sampler.batch(number);
    float[] values = new float[rows.size() * size];
    long[] labels = new long[rows.size()];
    float[] crop = new float[augmenter == null ? size : augmenter.samplesNeeded(size)];
    for (int i = 0; i < rows.size(); i++) {
      SplittableRandom own = random.split();
      int clip = rows.clip(i, own);
      labels[i] = clips.label(clip);
      clips.crop(clip, crop, own);
      float[] heard = augmenter == null ? crop : augmenter.apply(crop, size, own);
      System.arraycopy(heard, 0, values, i * size, size);
    }
    return new Batch(values, labels);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
