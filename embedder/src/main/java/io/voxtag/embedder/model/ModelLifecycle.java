package io.voxtag.embedder.model;

import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

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
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ServingModels models;
  private final ModelOpener opener;
  private final Promotions promotions;
  private final VersionsTopic topic;
  private final Rejections rejections;
  private final int mostUpcoming;
  private final Consumer<Throwable> fatal;
  private final Thread thread;
  // Only its thread has to do with these.
  private final Attempts attempts = new Attempts();
  private List<String> left = List.of();

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
    this.promotions = new Promotions(models, settings.grace());
    this.mostUpcoming = settings.upcoming();
    this.fatal = fatal;
    this.thread = new Thread(this::run, "embedder-models");
    thread.setDaemon(true);
    models.onBroken(promotions::broken);
    models.metrics().mismatch(() -> promotions.problem().isPresent());
    this.topic = topic.apply(promotions::changed);
    this.rejections = new Rejections(this.topic);
  }

  /**
   * Loads the model to begin with: the promoted version, or the configured one where none was ever
   * promoted. Blocks until then, as long as the store fails. Where the promoted version is refused,
   * the one before serves, and where that does not help, the configured one.
   *
   * @throws IOException if the configured model is needed and cannot be loaded
   */
  public void loadFirst(ConfiguredModel configured) throws IOException {
    FirstModel first =
        new FirstModel(
            topic,
            opener,
            models,
            configured,
            longest -> promotions.awaitChange(promotions.changes(), longest.toNanos()));
    try {
      first.load().ifPresent(promotions::noteProblem);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a model");
    }
  }

  /** From now on the models are as the topic says; once, after the first is loaded. */
  public void start() {
    promotions.start(topic.current());
    thread.start();
  }

  /** Whether a version is READY: all enrolments are known under it, and it does not serve yet. */
  public boolean isReady(String version) {
    return promotions
        .named(version)
        .filter(record -> record.getStatus() == ModelStatus.READY)
        .isPresent();
  }

  /** What is not as it should be, in words; empty where the promoted version serves. */
  public Optional<String> problem() {
    return promotions.problem();
  }

  private void run() {
    try {
      while (true) {
        long seen = promotions.changes();
        if (!turn()) {
          promotions.awaitChange(seen, nextWait());
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
    promotions.apply();
    Wanted wanted = promotions.wanted(mostUpcoming);
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

  /**
   * The one that serves counts as held whatever bundle it is from: it cannot be changed under way.
   */
  private boolean isHeld(ModelVersion record) {
    return promotions.serves(record) || models.holds(record.getVersion(), record.getBundleSha256());
  }

  private boolean unloadOne(Wanted wanted) throws InterruptedException {
    for (String version : models.versions()) {
      ModelVersion record = wanted.records().get(version);
      boolean stays =
          record != null
              ? isHeld(record)
              : wanted.unrecorded().filter(version::equals).isPresent() && models.holds(version);
      if (!stays && !version.equals(models.activeVersion())) {
        models.unload(version);
        return true;
      }
    }
    return false;
  }

  private void load(ModelVersion record) throws InterruptedException {
    try {
      opener.open(record);
      attempts.succeeded(record.getVersion());
    } catch (RefusedModelException e) {
      // Closing interrupts, and what a model makes of that is no reason to refuse it.
      promotions.requireOpen();
      LOG.warnf(e, "Model refused model=%s", record.getVersion());
      refuse(record, e.reason());
    } catch (IOException | OutOfMemoryError e) {
      promotions.requireOpen();
      failedForNow(record, e);
    }
  }

  private void refuse(ModelVersion record, String reason) throws InterruptedException {
    attempts.refused(record);
    if (promotions.isPromoted(record)) {
      promotions.noteProblem(record, reason);
    } else if (ModelVersions.isUpcoming(record)) {
      reject(record, reason);
    }
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

  private void failedForNow(ModelVersion record, Throwable cause) {
    Duration pause = attempts.failed(record, System.nanoTime());
    LOG.warnf(
        "Model cannot be loaded for now model=%s, next try in ms=%d, reason=%s",
        record.getVersion(), pause.toMillis(), cause);
    promotions.noteProblem(record, String.valueOf(cause));
  }

  /** A model that broke in memory is as good as refused. */
  private boolean answerBroken() throws InterruptedException {
    Map<String, String> broken = promotions.takeBroken();
    for (Map.Entry<String, String> model : broken.entrySet()) {
      Optional<ModelVersion> record = promotions.named(model.getKey());
      if (record.isPresent()) {
        refuse(record.get(), model.getValue());
      }
    }
    return !broken.isEmpty();
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

  private long nextWait() {
    long now = System.nanoTime();
    long wait = Math.min(LONGEST_WAIT.toNanos(), promotions.graceLeft());
    for (ModelVersion record : promotions.wanted(mostUpcoming).records().values()) {
      if (!isHeld(record)) {
        wait = Math.min(wait, attempts.wait(record, now));
      }
    }
    return wait;
  }

  /** Ends after a load under way. The models stay as they are. */
  @Override
  public void close() {
    promotions.close();
    thread.interrupt();
    try {
      // Returns at once where it was never started.
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topic.close();
  }
}
