package io.voxtag.trainer.command;

import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.trainer.run.RunStore;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs and who has heard of them: each change is on disk before it is published, and what could
 * not be published is published later. Thread-safe.
 */
public final class RunBook {

  private static final Logger LOG = LoggerFactory.getLogger(RunBook.class);

  private final RunStore store;
  private final EventLog events;
  private @Nullable String cancelled;

  /** A book over a store. */
  public RunBook(RunStore store, EventLog events) {
    this.store = store;
    this.events = events;
  }

  /** A run by its request. */
  public Optional<Run> find(String requestId) {
    return store.find(requestId);
  }

  /** Takes a new run into the queue. */
  public synchronized void add(Run run) {
    store.save(run);
    tell(run);
    notifyAll();
  }

  /** Puts a run into another phase. */
  public synchronized Run move(Run run, RunPhase phase, @Nullable String detail) {
    Run moved = run.in(phase, detail);
    store.save(moved);
    LOG.info(
        "Training run requestId={} phase={} modelVersion={} detail={}",
        run.requestId(),
        phase,
        run.version(),
        detail);
    tell(moved);
    return moved;
  }

  /** Cancels a run that is not over: at once where it waits, soon where it is under way. */
  public synchronized void cancel(String requestId) {
    Run run = store.find(requestId).filter(found -> !found.phase().isOver()).orElse(null);
    if (run == null) {
      LOG.info("Nothing to cancel, requestId={}", requestId);
    } else if (run.phase() == RunPhase.QUEUED) {
      move(run, RunPhase.CANCELLED, null);
    } else {
      cancelled = requestId;
    }
  }

  /** Whether a run that is under way is to end. */
  public synchronized boolean isCancelled(Run run) {
    return run.requestId().equals(cancelled);
  }

  /** Publishes what others have not heard of yet. */
  public synchronized void tellAll() {
    store.all().stream().filter(run -> !run.told()).forEach(this::tell);
  }

  /** The run to work on; waits for one, at most so long. */
  public synchronized Optional<Run> next(long millis) throws InterruptedException {
    Optional<Run> next = store.next();
    if (next.isEmpty()) {
      wait(millis);
      next = store.next();
    }
    return next;
  }

  private void tell(Run run) {
    try {
      events.phase(run);
      store.save(run.told(true));
    } catch (KafkaException e) {
      LOG.warn(
          "The phase of a run is published later, requestId={} reason={}",
          run.requestId(),
          e.toString());
    }
  }
}
