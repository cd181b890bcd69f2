package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.augment.Augmenter;
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
final class BatchLoader implements AutoCloseable {
  private static final int AHEAD = 4;

  private final CropSampler sampler;
  private final @Nullable Augmenter augmenter;
  private final int batchSize;
  private final int samples;
  private final long seed;
  private final ExecutorService workers;
  private final Queue<Future<Batch>> queue = new ArrayDeque<>();
  private long next;

  /**
   * A batch.
   *
   * @param waveforms samples of all crops, one after the other
   * @param labels a class a crop
   */
  record Batch(float[] waveforms, long[] labels) {}

  BatchLoader(
      CropSampler sampler,
      @Nullable Augmenter augmenter,
      int batchSize,
      int samples,
      long seed,
      int threads,
      long first) {
    this.sampler = sampler;
    this.augmenter = augmenter;
    this.batchSize = batchSize;
    this.samples = samples;
    this.seed = seed;
    this.next = first;
    workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "training-data");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The next batch. */
  Batch next() throws InterruptedException {
    while (queue.size() < AHEAD) {
      long number = next++;
      queue.add(workers.submit(() -> load(number)));
    }
    try {
      return queue.remove().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a training batch could not be made", e.getCause());
    }
  }

  private Batch load(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    float[] waveforms = new float[batchSize * samples];
    long[] labels = new long[batchSize];
    float[] crop = new float[samples];
    for (int i = 0; i < batchSize; i++) {
      SplittableRandom own = random.split();
      labels[i] = sampler.draw(crop, own);
      float[] heard = augmenter == null ? crop : augmenter.apply(crop, own);
      System.arraycopy(heard, 0, waveforms, i * samples, samples);
    }
    return new Batch(waveforms, labels);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
