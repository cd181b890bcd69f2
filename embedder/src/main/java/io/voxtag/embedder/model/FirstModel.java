package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Chooses and loads the model that an embedder starts with. */
final class FirstModel {

  private static final Logger LOG = Logger.getLogger(FirstModel.class);
  private static final Duration READ = Duration.ofSeconds(10);

  private final VersionsTopic topic;
  private final ModelOpener opener;
  private final ServingModels models;
  private final ConfiguredModel configured;
  private final Pause pause;
  private final Attempts attempts = new Attempts();

  /** Waits for the topic to change. */
  @FunctionalInterface
  interface Pause {

    /** Waits, at most so long. */
    void await(Duration longest) throws InterruptedException;
  }

  FirstModel(
      VersionsTopic topic,
      ModelOpener opener,
      ServingModels models,
      ConfiguredModel configured,
      Pause pause) {
    this.topic = topic;
    this.opener = opener;
    this.models = models;
    this.configured = configured;
    this.pause = pause;
  }

  /**
   * Loads the promoted version; the configured bundle where it is that version, or none was ever
   * promoted. Blocks until the topic is read and as long as the store fails. Where the promoted
   * version is refused, the one before serves, and where that does not help, the configured one.
   *
   * @return what is not as it should be, in words
   * @throws IOException if the configured bundle is needed and cannot be loaded
   */
  Optional<String> load() throws IOException, InterruptedException {
    while (!topic.awaitCurrent(READ)) {
      LOG.warn("The embedder waits for model-versions to be read");
    }
    while (true) {
      Optional<ModelVersion> active = topic.current().active();
      if (active.isEmpty()) {
        loadConfigured();
        return Optional.empty();
      }
      try {
        loadPromoted(active.get());
        return Optional.empty();
      } catch (RefusedModelException e) {
        return Optional.of(instead(topic.current(), active.get(), e.reason()));
      } catch (IOException e) {
        awaitNextTry(active.get(), e);
      }
    }
  }

  private void loadPromoted(ModelVersion active) throws IOException {
    Optional<ConfiguredModel.Identity> identity = configured.identity();
    if (identity.isPresent() && identity.get().isOf(active)) {
      try {
        loadConfigured();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warnf("The configured model cannot be loaded, the store is asked, reason=%s", e);
      }
    }
    opener.open(active);
    identity
        .filter(own -> !own.version().equals(active.getVersion()))
        .ifPresent(
            own ->
                LOG.warnf(
                    "The promoted model=%s serves, not the configured=%s: `voxtag models promote`"
                        + " changes which one does",
                    active.getVersion(), own.version()));
  }

  private String instead(ModelVersions versions, ModelVersion refused, String reason)
      throws IOException {
    Optional<ModelVersion> previous =
        versions.previous().filter(version -> !version.equals(refused));
    if (previous.isPresent()) {
      try {
        loadPromoted(previous.get());
        return Promotions.describe(refused.getVersion(), reason, models.activeVersion());
      } catch (IOException e) {
        LOG.warnf(
            "The former model=%s cannot be loaded either, reason=%s",
            previous.get().getVersion(), e.getMessage());
      }
    }
    loadConfigured();
    return Promotions.describe(refused.getVersion(), reason, models.activeVersion());
  }

  private void loadConfigured() throws IOException {
    models.add(configured.load(), null);
  }

  private void awaitNextTry(ModelVersion active, IOException cause) throws InterruptedException {
    Duration longest = attempts.failed(active, System.nanoTime());
    LOG.warnf(
        "The promoted model=%s cannot be fetched for now, next try in ms=%d, reason=%s",
        active.getVersion(), longest.toMillis(), cause);
    pause.await(longest);
  }
}
