package io.voxtag.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets contestants run in turns, every round in another order, because clock rates and neighbours
 * change over minutes.
 *
 * @param rounds how often each runs
 * @param slice how long each runs in a round
 */
public record Race(int rounds, Duration slice) {
  /** Share of a slice that runs before the clock starts: caches, and another's spinning threads. */
  private static final double WARM_UP = 0.25;

  /**
   * Runs the race.
   *
   * @param workers threads that call each contestant
   * @param beforeWork runs once in every worker thread, for settings that belong to a thread
   */
  public Map<Contestant, Rates> run(
      List<Contestant> contestants, int workers, Runnable beforeWork) {
    Map<Contestant, List<Double>> rates = new LinkedHashMap<>();
    contestants.forEach(contestant -> rates.put(contestant, new ArrayList<>()));
    ExecutorService executor = Executors.newFixedThreadPool(workers);
    try {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < contestants.size(); i++) {
          Contestant contestant = contestants.get((i + round) % contestants.size());
          repeat(contestant, slice.toNanos() * WARM_UP, executor, workers, beforeWork);
          rates
              .get(contestant)
              .add(repeat(contestant, slice.toNanos(), executor, workers, beforeWork));
        }
      }
    } finally {
      executor.shutdownNow();
    }
    Map<Contestant, Rates> result = new LinkedHashMap<>();
    rates.forEach((contestant, perRound) -> result.put(contestant, new Rates(perRound)));
    return result;
  }

  /** Units a second; every worker finishes the call that it is in, and the clock waits for it. */
  private static double repeat(
      Contestant contestant,
      double nanos,
      ExecutorService executor,
      int workers,
      Runnable beforeWork) {
    LongAdder calls = new LongAdder();
    long start = System.nanoTime();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      tasks.add(
          () -> {
            beforeWork.run();
            do {
              contestant.call().run();
              calls.increment();
            } while (System.nanoTime() - start < nanos);
            return null;
          });
    }
    try {
      for (Future<Void> task : executor.invokeAll(tasks)) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring " + contestant.name(), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(contestant.name() + " failed", e.getCause());
    }
    return calls.sum() * contestant.unitsPerCall() * 1e9 / (System.nanoTime() - start);
  }
}
