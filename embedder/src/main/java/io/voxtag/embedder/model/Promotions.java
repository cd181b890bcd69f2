package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of {@code model-versions}, what serves, and what served before. Puts versions that
 * are promoted and in memory into service. Thread-safe.
 */
final class Promotions {

  private static final Logger LOG = Logger.getLogger(Promotions.class);

  /** The version that was in service before, and until when it stays, as System.nanoTime says. */
  private record Former(String version, long until) {}

  private final ServingModels models;
  private final Duration grace;
  private final Map<String, String> broken = new HashMap<>();
  private ModelVersions versions = ModelVersions.NONE;
  private @Nullable Former former;
  private @Nullable String problem;
  private long changes;
  private boolean started;
  private boolean closed;

  Promotions(ServingModels models, Duration grace) {
    this.models = models;
    this.grace = grace;
  }

  /** From now on what is promoted goes into service. */
  synchronized void start(ModelVersions now) {
    started = true;
    versions = now;
    former = rollbackTarget();
  }

  /** After a start, what a rollback goes back to, where its grace is not over. */
  private @Nullable Former rollbackTarget() {
    Optional<ModelVersion> previous = versions.previous();
    if (previous.isEmpty()) {
      return null;
    }
    Instant promoted = versions.active().map(ModelVersion::getAt).orElse(Instant.EPOCH);
    Duration left = Duration.between(Instant.now(), promoted.plus(grace));
    // A clock that is ahead elsewhere must not prolong it.
    Duration most = left.compareTo(grace) > 0 ? grace : left;
    return most.isNegative()
        ? null
        : new Former(previous.get().getVersion(), System.nanoTime() + most.toNanos());
  }

  /** The topic changed. */
  synchronized void changed(ModelVersions now) {
    versions = now;
    changes++;
    if (started) {
      apply();
    }
    notifyAll();
  }

  /** A model that is not in service broke. */
  synchronized void broken(String version, Throwable error) {
    LOG.errorf(error, "Model broken model=%s", version);
    broken.put(version, String.valueOf(error.getMessage()));
    changes++;
    notifyAll();
  }

  /** Models that broke since this was asked last, and why. */
  synchronized Map<String, String> takeBroken() {
    Map<String, String> found = Map.copyOf(broken);
    broken.clear();
    return found;
  }

  /**
   * Puts the promoted version into service where it is in memory. Whoever comes last goes by what
   * is known last.
   */
  synchronized void apply() {
    versions
        .active()
        .filter(active -> models.holds(active.getVersion(), active.getBundleSha256()))
        .flatMap(active -> models.activate(active.getVersion()))
        .ifPresent(version -> former = new Former(version, System.nanoTime() + grace.toNanos()));
    if (versions.active().map(this::serves).orElse(true)) {
      problem = null;
    }
  }

  boolean serves(ModelVersion version) {
    return version.getVersion().equals(models.activeVersion());
  }

  synchronized boolean isPromoted(ModelVersion record) {
    return versions.isActive(record.getVersion());
  }

  synchronized Optional<ModelVersion> named(String version) {
    return versions.named(version);
  }

  /** Which versions are to be in memory now. */
  synchronized Wanted wanted(int mostUpcoming) {
    if (former != null && former.until() - System.nanoTime() <= 0) {
      former = null;
    }
    return Wanted.of(versions, Optional.ofNullable(former).map(Former::version), mostUpcoming);
  }

  /** Nanoseconds until the grace of the former version is over. */
  synchronized long graceLeft() {
    return former == null ? Long.MAX_VALUE : former.until() - System.nanoTime();
  }

  /** The promoted version cannot serve. */
  synchronized void noteProblem(ModelVersion record, String reason) {
    if (isPromoted(record) && !serves(record)) {
      noteProblem(describe(record.getVersion(), reason, models.activeVersion()));
    }
  }

  synchronized void noteProblem(String text) {
    LOG.error(text);
    problem = text;
  }

  /** What is not as it should be, in words. */
  synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  static String describe(String promoted, String reason, String serving) {
    return "model %s is promoted but cannot serve: %s; %s serves"
        .formatted(promoted, reason, serving);
  }

  /** Counts changes of the topic and of the models. */
  synchronized long changes() {
    return changes;
  }

  /**
   * Waits for more changes than those seen, at most so long.
   *
   * @throws InterruptedException also when this is closed
   */
  synchronized void awaitChange(long seen, long longestNanos) throws InterruptedException {
    long end = System.nanoTime() + longestNanos;
    requireOpen();
    while (changes == seen) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      // To the millisecond: a shorter wait is none for some.
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      requireOpen();
    }
  }

  synchronized void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed");
    }
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
