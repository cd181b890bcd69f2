package io.voxtag.embedder.model;

import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the models in memory as {@code model-versions} says, from start to close.
 *
 * <ul>
 *   <li>A version that is promoted and in memory goes into service at once, by the thread that
 *       follows the topic. All else, which takes longer, is the work of one thread of its own.
 *   <li>Versions on their way into service are loaded, at most so many, the newest. One that is
 *       refused is answered with REJECTED and the reason; where the store fails, it is tried again.
 *   <li>The version that was in service before stays for a grace time.
 * </ul>
 *
 * <p>Whatever fails, the model in service stays so until another one can take over. Thread-safe.
 */
public final class ModelLifecycle implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ModelLifecycle.class);

  /** The version that was in service before, and until when it stays, as System.nanoTime says. */
  private record Former(String version, long until) {}

  private final ServingModels models;
  private final ModelOpener opener;
  private final VersionsTopic topic;
  private final Rejections rejections;
  private final Duration grace;
  private final int mostUpcoming;
  private final Consumer<Throwable> fatal;
  private final Thread thread;
  // Only its thread has to do with these.
  private final Attempts attempts = new Attempts();
  private List<String> left = List.of();

  private ModelVersions versions = ModelVersions.NONE;
  private final Map<String, String> broken = new HashMap<>();
  private @Nullable Former former;
  private long changes;
  private boolean started;
  private boolean closed;
  private volatile @Nullable String problem;

  /**
   * Begins to follow the topic.
   *
   * @param models still without any
   * @param fatal told, by the thread of the lifecycle, what it cannot go on after
   */
  public ModelLifecycle(
      EmbedderSettings.Models settings,
      KafkaSettings kafka,
      ModelSupply supply,
      ServingModels models,
      Consumer<Throwable> fatal) {
    this(settings, listener -> new KafkaVersionsTopic(kafka, listener), supply, models, fatal);
  }

  ModelLifecycle(
      EmbedderSettings.Models settings,
      Function<Consumer<ModelVersions>, VersionsTopic> topic,
      ModelSupply supply,
      ServingModels models,
      Consumer<Throwable> fatal) {
    if (settings.upcoming() < 1) {
      throw new IllegalArgumentException(
          "voxtag.embedder.models.upcoming is %d, must be at least 1"
              .formatted(settings.upcoming()));
    }
    if (settings.grace().isNegative()) {
      throw new IllegalArgumentException(
          "voxtag.embedder.models.grace is %s, must not be negative".formatted(settings.grace()));
    }
    this.models = models;
    this.opener = new ModelOpener(supply, models);
    this.grace = settings.grace();
    this.mostUpcoming = settings.upcoming();
    this.fatal = fatal;
    this.thread = new Thread(this::run, "embedder-models");
    thread.setDaemon(true);
    models.onBroken(this::noteBroken);
    models.metrics().mismatch(() -> problem != null);
    this.topic = topic.apply(this::changed);
    this.rejections = new Rejections(this.topic);
  }

  /**
   * Loads the model to begin with, as {@link FirstModel#load} says. Blocks until then.
   *
   * @throws IOException if the configured bundle is needed and cannot be loaded
   */
  public void loadFirst(ConfiguredModel configured) throws IOException {
    try {
      problem =
          new FirstModel(topic, opener, models, configured, this::awaitChange).load().orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a model");
    }
  }

  /** From now on the models are as the topic says; once, after the first is loaded. */
  public synchronized void start() {
    started = true;
    versions = topic.current();
    former = rollbackTarget();
    thread.start();
  }

  /** What is not as it should be, in words; empty where the promoted version serves. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  static String mismatch(String promoted, String reason, String serving) {
    return "model %s is promoted but cannot serve: %s; %s serves"
        .formatted(promoted, reason, serving);
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

  private synchronized void changed(ModelVersions now) {
    versions = now;
    changes++;
    if (started) {
      switchToPromoted();
    }
    notifyAll();
  }

  private synchronized void noteBroken(String version, Throwable error) {
    LOG.errorf(error, "Model broken model=%s", version);
    broken.put(version, String.valueOf(error.getMessage()));
    changes++;
    notifyAll();
  }

  /** Both threads do so: whoever comes last goes by what is known last. */
  private synchronized void switchToPromoted() {
    versions
        .active()
        .filter(active -> models.holds(active.getVersion(), active.getBundleSha256()))
        .flatMap(active -> models.activate(active.getVersion()))
        .ifPresent(version -> former = new Former(version, System.nanoTime() + grace.toNanos()));
    if (versions.active().map(this::serves).orElse(true)) {
      problem = null;
    }
  }

  private boolean serves(ModelVersion version) {
    return version.getVersion().equals(models.activeVersion());
  }

  private void run() {
    try {
      while (true) {
        long seen = changesSoFar();
        if (!turn()) {
          awaitWork(seen);
        }
      }
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("Model versions are no longer acted on", e);
    } catch (Throwable e) {
      fatal.accept(e);
    }
  }

  /** Does what is to be done first; false where there is nothing. */
  private boolean turn() throws InterruptedException {
    switchToPromoted();
    Wanted wanted = wanted();
    noteLeft(wanted.left());
    if (unloadOne(wanted) || answerBroken()) {
      return true;
    }
    attempts.keep(wanted.records().keySet());
    for (ModelVersion record : wanted.records().values()) {
      if (!isHeld(record) && attempts.isDue(record, System.nanoTime())) {
        load(record);
        return true;
      }
    }
    return false;
  }

  private synchronized Wanted wanted() {
    if (former != null && former.until() - System.nanoTime() <= 0) {
      former = null;
    }
    return Wanted.of(versions, formerVersion(), mostUpcoming);
  }

  private synchronized Optional<String> formerVersion() {
    return Optional.ofNullable(former).map(Former::version);
  }

  /**
   * The one that serves counts as held whatever bundle it is from: it cannot be changed under way.
   */
  private boolean isHeld(ModelVersion record) {
    return serves(record) || models.holds(record.getVersion(), record.getBundleSha256());
  }

  private boolean unloadOne(Wanted wanted) throws InterruptedException {
    for (String version : models.versions()) {
      if (!version.equals(models.activeVersion()) && !isToStay(version, wanted)) {
        models.unload(version);
        return true;
      }
    }
    return false;
  }

  private boolean isToStay(String version, Wanted wanted) {
    ModelVersion record = wanted.records().get(version);
    if (record != null) {
      return isHeld(record);
    }
    // The configured bundle may have no record.
    return formerVersion().filter(version::equals).isPresent()
        && models.holds(version)
        && versionsNow().named(version).isEmpty();
  }

  private void load(ModelVersion record) throws InterruptedException {
    String version = record.getVersion();
    try {
      opener.open(record);
      attempts.succeeded(version);
    } catch (RefusedModelException e) {
      // Closing interrupts, and what a model makes of that is no reason to refuse it.
      requireOpen();
      LOG.warnf(e, "Model refused model=%s", version);
      refuse(record, e.reason());
    } catch (IOException | OutOfMemoryError e) {
      requireOpen();
      failedForNow(record, e);
    }
  }

  private void refuse(ModelVersion record, String reason) throws InterruptedException {
    attempts.refused(record);
    if (isPromoted(record)) {
      noteProblem(record, reason);
    } else if (Rejections.isUpcoming(record)) {
      reject(record, reason);
    }
  }

  private void failedForNow(ModelVersion record, Throwable cause) {
    Duration pause = attempts.failed(record, System.nanoTime());
    LOG.warnf(
        "Model cannot be loaded for now model=%s, next try in ms=%d, reason=%s",
        record.getVersion(), pause.toMillis(), cause);
    if (isPromoted(record)) {
      noteProblem(record, String.valueOf(cause));
    }
  }

  private synchronized void noteProblem(ModelVersion record, String reason) {
    if (isPromoted(record) && !serves(record)) {
      problem = mismatch(record.getVersion(), reason, models.activeVersion());
      LOG.error(problem);
    }
  }

  /** A model that broke in memory is as good as refused. */
  private boolean answerBroken() throws InterruptedException {
    Map<String, String> found;
    synchronized (this) {
      found = Map.copyOf(broken);
      broken.clear();
    }
    for (Map.Entry<String, String> model : found.entrySet()) {
      Optional<ModelVersion> record = versionsNow().named(model.getKey());
      if (record.isPresent()) {
        refuse(record.get(), model.getValue());
      }
    }
    return !found.isEmpty();
  }

  private void reject(ModelVersion record, String reason) throws InterruptedException {
    try {
      rejections.reject(record, reason);
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      // It is refused once more then, and that answered.
      failedForNow(record, e);
    }
  }

  private boolean isPromoted(ModelVersion record) {
    return versionsNow().isActive(record.getVersion());
  }

  private void noteLeft(List<String> now) {
    Set<String> fresh = new HashSet<>(now);
    left.forEach(fresh::remove);
    left = now;
    if (!fresh.isEmpty()) {
      LOG.warnf(
          "Models not loaded, as newer ones come first: models=%s,"
              + " voxtag.embedder.models.upcoming=%d",
          fresh, mostUpcoming);
    }
  }

  private synchronized ModelVersions versionsNow() {
    return versions;
  }

  private synchronized long changesSoFar() {
    return changes;
  }

  private synchronized void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("closed");
    }
  }

  /** Waits for the topic to change, at most so long. */
  private synchronized void awaitChange(Duration longest) throws InterruptedException {
    long seen = changes;
    long end = System.nanoTime() + longest.toNanos();
    for (long left = longest.toNanos();
        changes == seen && left > 0;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
  }

  private synchronized void awaitWork(long seen) throws InterruptedException {
    long due = System.nanoTime() + nextWait();
    requireOpen();
    while (!closed && changes == seen) {
      long wait = due - System.nanoTime();
      if (wait <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(wait, 1_000_000));
    }
    requireOpen();
  }

  private long nextWait() {
    long now = System.nanoTime();
    long wait = Duration.ofHours(1).toNanos();
    if (former != null) {
      wait = Math.min(wait, former.until() - now);
    }
    for (ModelVersion record : wanted().records().values()) {
      if (!isHeld(record)) {
        wait = Math.min(wait, attempts.wait(record, now));
      }
    }
    return wait;
  }

  /** Ends after a load under way. The models stay as they are. */
  @Override
  public void close() {
    boolean running;
    synchronized (this) {
      closed = true;
      running = started;
      notifyAll();
    }
    thread.interrupt();
    if (running) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    topic.close();
  }
}
