package io.voxtag.standalone.client;

import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Legs of calls on their way to an ingest service. Closing it breaks off what still runs. Belongs
 * to one thread.
 */
public final class LiveCalls implements AutoCloseable {

  private static final int TELEPHONE_RATE = 8000;
  private static final long END_SECONDS = 5;

  private final List<Leg> legs;
  private final ExecutorService threads;
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicLongArray sent;

  /**
   * Begins to stream.
   *
   * @param client of the ingest service
   * @param atOnce how many legs are streamed at the same time, in the order given; at least 1
   */
  public LiveCalls(CallStreamClient client, List<Leg> legs, Pace pace, int atOnce) {
    this.legs = List.copyOf(legs);
    this.sent = new AtomicLongArray(legs.size());
    this.threads = Executors.newFixedThreadPool(Math.max(1, Math.min(atOnce, legs.size())));
    for (int i = 0; i < legs.size(); i++) {
      int index = i;
      Leg leg = legs.get(i);
      running.add(
          threads.submit(
              () ->
                  client.stream(
                      leg.address(), coded(leg), pace, samples -> sent.set(index, samples))));
    }
  }

  // Telephone audio goes the way that it goes in telephone networks.
  private static LegAudio coded(Leg leg) {
    return leg.audio().sampleRate() == TELEPHONE_RATE
        ? LegAudio.mulaw(leg.audio())
        : LegAudio.pcm16(leg.audio());
  }

  /**
   * Whether all legs were sent and stored.
   *
   * @throws LiveCallException if one broke off
   */
  public boolean isDone() throws InterruptedException {
    boolean done = true;
    for (int i = 0; i < running.size(); i++) {
      done &= running.get(i).isDone();
      if (running.get(i).isDone()) {
        try {
          running.get(i).get();
        } catch (ExecutionException e) {
          throw new LiveCallException(legs.get(i).address(), e.getCause());
        }
      }
    }
    return done;
  }

  /** Waits until all legs were sent, at most for a moment; false if they were not. */
  public boolean await(long milliseconds) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(milliseconds, TimeUnit.MILLISECONDS) & isDone();
  }

  /** Audio that was sent so far, over all legs, milliseconds. */
  public long sentMs() {
    long milliseconds = 0;
    for (int i = 0; i < legs.size(); i++) {
      milliseconds += 1000 * sent.get(i) / legs.get(i).audio().sampleRate();
    }
    return milliseconds;
  }

  /** All audio there is, milliseconds. */
  public long totalMs() {
    return legs.stream().mapToLong(leg -> leg.audio().duration().toMillis()).sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A stream did not end within " + END_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
