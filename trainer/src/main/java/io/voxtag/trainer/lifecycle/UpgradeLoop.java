package io.voxtag.trainer.lifecycle;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.config.TrainerSettings.Promotion;
import io.voxtag.trainer.work.Models;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads versions from CANDIDATE to READY, and on to ACTIVE where that is automatic. A version is
 * ready when embedders have loaded it and read all enrolments under it, and matchers have decided
 * on every one: then a promotion finds every speaker. What it knows is in the topics, so that it
 * may be killed at any time.
 */
public final class UpgradeLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeLoop.class);

  private final TrainerSettings settings;
  private final KafkaSettings kafka;
  private final Models models;
  private final Predicate<String> ours;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts.
   *
   * @param ours whether a version was trained, and passed the gate, here: only these are promoted
   *     without being asked
   */
  public UpgradeLoop(
      TrainerSettings settings, KafkaSettings kafka, Models models, Predicate<String> ours) {
    this.settings = settings;
    this.kafka = kafka;
    this.models = models;
    this.ours = ours;
    this.thread = new Thread(this::run, "trainer-upgrades");
    thread.start();
  }

  /** Whether the loop runs. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void run() {
    while (!stopping) {
      try (EmbedderProgress progress =
              new EmbedderProgress(kafka, settings.upgrade().enrollmentGroup());
          EnrolmentLedger ledger = new EnrolmentLedger(kafka)) {
        while (!stopping) {
          turn(progress, ledger);
          pause();
        }
      } catch (InterruptedException | InterruptException e) {
        LOG.debug("The upgrade loop ends", e);
        return;
      } catch (RuntimeException | IOException e) {
        if (!stopping) {
          LOG.warn("Upgrades cannot be watched for now, reason={}", e.toString());
          pauseQuietly();
        }
      }
    }
  }

  private void turn(EmbedderProgress progress, EnrolmentLedger ledger) throws IOException {
    ModelVersions versions = models.current();
    if (versions.active().isEmpty()) {
      seed();
      return;
    }
    retireReplaced(versions);
    for (ModelVersion version : versions.upcoming()) {
      if (version.getStatus() == ModelStatus.CANDIDATE) {
        ledger.update();
        lead(version, progress.left(version.getVersion()), ledger);
      } else if (settings.upgrade().promote() == Promotion.AUTO
          && ours.test(version.getVersion())
          && isNewest(version, versions)) {
        LOG.info("Model version is promoted, modelVersion={}", version.getVersion());
        models.change(version, ModelStatus.ACTIVE, null);
      }
    }
  }

  /** The configured model is the first one in service. */
  private void seed() throws IOException {
    ModelVersion seeded =
        models.publish(settings.model(), ModelStatus.ACTIVE, Map.of(), "configured");
    LOG.info("The configured model is in service, modelVersion={}", seeded.getVersion());
  }

  private void retireReplaced(ModelVersions versions) {
    for (ModelVersion version : versions.all()) {
      if (version.getStatus() == ModelStatus.ACTIVE && !versions.isActive(version.getVersion())) {
        models.change(
            version,
            ModelStatus.RETIRED,
            "replaced by " + versions.active().orElseThrow().getVersion());
      }
    }
  }

  private void lead(ModelVersion version, EmbedderProgress.Left left, EnrolmentLedger ledger) {
    EnrolmentLedger.Count count = ledger.count(version.getVersion());
    if (!left.isDone() || count.decided() < count.embedded()) {
      LOG.debug(
          "Model version gets ready, modelVersion={} embedders={} enrolmentsLeft={} undecided={}",
          version.getVersion(),
          left.members(),
          left.records(),
          count.embedded() - count.decided());
      return;
    }
    Map<String, Double> metrics = new TreeMap<>(version.getMetrics());
    metrics.put("enrollments.embedded", (double) count.embedded());
    metrics.put("enrollments.refused", (double) count.refused());
    models.change(
        ModelVersion.newBuilder(version).setMetrics(metrics).build(),
        ModelStatus.READY,
        detail(count));
    LOG.info(
        "Model version is ready, modelVersion={} enrolments={} refused={}",
        version.getVersion(),
        count.embedded(),
        count.refused());
  }

  private static @Nullable String detail(EnrolmentLedger.Count count) {
    return count.refused() == 0
        ? null
        : "%d of %d recordings are not enrolled under it"
            .formatted(count.refused(), count.embedded());
  }

  private static boolean isNewest(ModelVersion version, ModelVersions versions) {
    List<ModelVersion> upcoming = versions.upcoming();
    return upcoming.get(upcoming.size() - 1).getVersion().equals(version.getVersion());
  }

  private void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(settings.upgrade().checkInterval().toMillis());
  }

  private void pauseQuietly() {
    try {
      pause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
