package io.voxtag.voiceprint.training.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks on several threads and gives their results in the order of the tasks, with a bounded
 * number of results waiting. For one consumer.
 */
public final class OrderedWork<T> implements AutoCloseable {
  private static final int AHEAD_PER_THREAD = 4;

  private final Iterator<Callable<T>> tasks;
  private final ExecutorService workers;
  private final int ahead;
  private final Queue<Future<T>> queue = new ArrayDeque<>();

  /**
   * Begins.
   *
   * @param tasks taken one after the other by whoever asks for results
   * @param threads that run them
   */
  public OrderedWork(Iterator<Callable<T>> tasks, int threads) {
    this.tasks = tasks;
    workers = Executors.newFixedThreadPool(threads);
    ahead = AHEAD_PER_THREAD * threads;
  }

  /** Whether a result is still to come. */
  public boolean hasNext() {
    return !queue.isEmpty() || tasks.hasNext();
  }

  /**
   * Waits for the next result.
   *
   * @throws IOException that of the task
   */
  public T next() throws IOException {
    while (queue.size() < ahead && tasks.hasNext()) {
      queue.add(workers.submit(tasks.next()));
    }
    try {
      return queue.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while decoding audio");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("decoding failed", e.getCause());
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
