package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.BatchSettings;
import io.voxtag.embedder.batch.ModelFailedException;
import io.voxtag.embedder.batch.WindowEmbedder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The models in memory, of which one is in service: it embeds all windows that are cut from then
 * on. Another one goes into service between two windows; those under way finish with the model they
 * began with. Thread-safe.
 */
public final class ServingModels implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ServingModels.class);

  private final ModelParts parts;
  private final Consumer<Throwable> fatal;
  private final Map<String, LoadedModel> loaded = new LinkedHashMap<>();
  private volatile @Nullable LoadedModel active;
  private volatile BiConsumer<String, Throwable> onBroken = (version, error) -> {};

  /**
   * No model yet.
   *
   * @param fatal told, by any thread, what the embedder cannot go on after. A model that breaks
   *     while it is not in service is not among it
   */
  public ServingModels(ModelParts parts, Consumer<Throwable> fatal) {
    this.parts = parts;
    this.fatal = fatal;
  }

  /**
   * The model in service, kept for one window until it is {@link ModelUse#done}.
   *
   * @throws IllegalStateException if there is none, before the first and after close
   */
  public ModelUse acquire() {
    while (true) {
      LoadedModel model = inService();
      if (model.begin()) {
        return model;
      }
      requireReplaced(model);
    }
  }

  /**
   * Embeds a live window also under versions that are in memory and not in service, in the
   * background. Never blocks.
   *
   * @param which of them
   * @return by version the vector, or a {@link java.util.concurrent.RejectedExecutionException}
   *     where the version has no time for it, or a {@link CancellationException} where it is freed
   */
  public Map<String, CompletableFuture<float[]>> embedAside(
      Predicate<String> which, float[] window) {
    List<LoadedModel> models;
    synchronized (this) {
      if (loaded.size() == 1) {
        return Map.of();
      }
      models = loaded.values().stream().filter(LoadedModel::isAside).toList();
    }
    Map<String, CompletableFuture<float[]>> vectors = new HashMap<>();
    for (LoadedModel model : models) {
      if (which.test(model.version()) && window.length >= model.minSamples()) {
        vectors.put(model.version(), model.embedAside(window));
      }
    }
    return vectors;
  }

  /** The version in service. */
  public String activeVersion() {
    return inService().version();
  }

  /** Length of its vectors. */
  public int activeDimension() {
    return inService().dimension();
  }

  /** All versions in memory, in the order they came. */
  public synchronized List<String> versions() {
    return List.copyOf(loaded.keySet());
  }

  /** Live windows that wait for a batch. */
  public synchronized int queued() {
    return loaded.values().stream().mapToInt(LoadedModel::queued).sum();
  }

  /** Whether enrolments are taken, by whatever version. */
  public synchronized boolean isEnrolling() {
    return loaded.values().stream().anyMatch(model -> model.enrollments().isReady());
  }

  /** Whether the enrolment path of the version in service runs. */
  public boolean isAlive() {
    return inService().enrollments().isAlive();
  }

  /**
   * Adds a model and takes it over: it is closed with this. The first one goes into service.
   *
   * @param sha256 of the {@code model.json} that it was loaded from; null for the configured bundle
   * @throws RuntimeException if it embeds nothing or its enrolment path does not start; it is
   *     closed then
   */
  public void add(WindowEmbedder embedder, @Nullable String sha256) {
    LoadedModel model;
    try {
      model = new LoadedModel(parts.metrics().watched(embedder), sha256, parts, this::failed);
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
    synchronized (this) {
      loaded.put(model.version(), model);
      if (active == null) {
        model.serving(true);
        active = model;
      }
    }
    parts
        .metrics()
        .loaded(
            model.version(), model::isServing, BatchSettings.of(parts.batch(), embedder).size());
    LOG.infof("Model loaded model=%s dimension=%d", model.version(), model.dimension());
  }

  /**
   * Puts a version into service, where it is in memory and not broken, within microseconds.
   *
   * @return the version that it replaces; empty where nothing changes
   */
  synchronized Optional<String> activate(String version) {
    LoadedModel next = loaded.get(version);
    LoadedModel former = inService();
    if (next == null || next == former || next.isBroken()) {
      return Optional.empty();
    }
    next.serving(true);
    active = next;
    former.serving(false);
    parts.metrics().switched();
    LOG.infof("Model in service model=%s instead of=%s", version, former.version());
    return Optional.of(former.version());
  }

  /** Whether it is in memory, from this bundle as far as is known, and not broken. */
  synchronized boolean holds(String version, String sha256) {
    LoadedModel model = loaded.get(version);
    return model != null && model.isFrom(sha256) && !model.isBroken();
  }

  /** Whether it is in memory and not broken. */
  synchronized boolean holds(String version) {
    LoadedModel model = loaded.get(version);
    return model != null && !model.isBroken();
  }

  /**
   * Frees a version that is not in service, after the windows that are under way with it. Blocks
   * until then.
   */
  void unload(String version) throws InterruptedException {
    LoadedModel model;
    synchronized (this) {
      model = loaded.get(version);
      if (model == null || model == active) {
        return;
      }
      loaded.remove(version);
    }
    parts.metrics().unloaded(version);
    model.unload();
    LOG.infof("Model unloaded model=%s", version);
  }

  /** Whom to tell when a model breaks that is not in service: its version, and why. */
  void onBroken(BiConsumer<String, Throwable> listener) {
    onBroken = listener;
  }

  ModelMetrics metrics() {
    return parts.metrics();
  }

  private void failed(LoadedModel model, Throwable error) {
    if (error instanceof CancellationException || model.isBroken()) {
      LOG.debugf(error, "What a broken model leaves undone model=%s", model.version());
      return;
    }
    boolean bearable;
    synchronized (this) {
      bearable = error instanceof ModelFailedException && active != null && model != active;
      if (bearable) {
        model.broken();
      }
    }
    if (bearable) {
      onBroken.accept(model.version(), error);
    } else {
      fatal.accept(error);
    }
  }

  private LoadedModel inService() {
    LoadedModel model = active;
    if (model == null) {
      throw new IllegalStateException("no model is in service");
    }
    return model;
  }

  /** Only closing takes the model in service away. */
  private void requireReplaced(LoadedModel model) {
    if (model == active) {
      throw new IllegalStateException("model " + model.version() + " is closed");
    }
  }

  /** Frees all models. What waits for one of them is cancelled. */
  @Override
  public void close() {
    List<LoadedModel> all;
    synchronized (this) {
      all = List.copyOf(loaded.values());
      loaded.clear();
    }
    all.forEach(model -> model.enrollments().stop());
    all.forEach(LoadedModel::close);
    all.forEach(model -> parts.metrics().unloaded(model.version()));
  }
}
