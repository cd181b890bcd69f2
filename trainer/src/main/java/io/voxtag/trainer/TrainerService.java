package io.voxtag.trainer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.dataset.DatasetSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the trainer with the process. It starts in the background, so that health can be asked for
 * while a broker is waited for. When it cannot start or go on, health is DOWN and the process exits
 * with code 1.
 */
@ApplicationScoped
public class TrainerService {

  private static final Logger LOG = Logger.getLogger(TrainerService.class);

  private final TrainerSettings settings;
  private final DatasetSettings dataset;
  private final ModelStoreSettings storeSettings;
  private final KafkaSettings kafka;
  private final MeterRegistry meters;
  private @Nullable Thread starter;
  private @Nullable ModelStore store;
  private volatile @Nullable Trainer trainer;
  private volatile @Nullable Throwable failure;
  private boolean stopped;

  TrainerService(
      TrainerSettings settings,
      DatasetSettings dataset,
      ModelStoreSettings storeSettings,
      KafkaSettings kafka,
      MeterRegistry meters) {
    this.settings = settings;
    this.dataset = dataset;
    this.storeSettings = storeSettings;
    this.kafka = kafka;
    this.meters = meters;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    if (storeSettings.store().isEmpty()) {
      throw new IllegalArgumentException(
          "voxtag.models.store is not set: the trainer needs a place for new models, for example"
              + " file:///var/lib/voxtag/models; voxtag.trainer.enabled=false runs none");
    }
    Gauge.builder("voxtag.trainer.ready", () -> isReady() ? 1 : 0)
        .description("1 where topics are read, otherwise 0")
        .register(meters);
    starter = new Thread(this::start, "trainer-start");
    starter.setDaemon(true);
    starter.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Trainer running;
    synchronized (this) {
      stopped = true;
      starting = starter;
      running = trainer;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (running != null) {
      running.close();
    }
    closeStore();
  }

  /** Whether this process is to run a trainer at all. */
  boolean isEnabled() {
    return settings.enabled();
  }

  /** The trainer, once it has started. */
  Optional<Trainer> trainer() {
    return Optional.ofNullable(trainer);
  }

  /** Whether it reads its topics. */
  boolean isReady() {
    return failure == null && trainer().map(Trainer::isReady).orElse(false);
  }

  /** Why it ended, where it did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void start() {
    try {
      // It is the first model in service: unsigned, nobody would take it, and all would wait.
      ModelStores.requireSigned(storeSettings, settings.model());
      ModelStore opened = ModelStores.open(storeSettings).orElseThrow();
      synchronized (this) {
        store = opened;
      }
      Trainer started = Trainer.start(settings, dataset, kafka, opened, meters, this::fail);
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          trainer = started;
        }
      }
      if (late) {
        started.close();
        closeStore();
        return;
      }
      LOG.infof("Trainer started runs=%s dataset=%s", settings.runs(), dataset.folder());
    } catch (Exception e) {
      fail(e);
    }
  }

  private synchronized void closeStore() {
    ModelStore opened = store;
    if (opened != null) {
      store = null;
      opened.close();
    }
  }

  private void fail(Throwable cause) {
    synchronized (this) {
      if (stopped || failure != null) {
        return;
      }
      failure = cause;
    }
    LOG.errorf(cause, "The trainer cannot go on: %s", cause.getMessage());
    Quarkus.asyncExit(1);
  }
}
