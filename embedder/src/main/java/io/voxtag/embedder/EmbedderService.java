package io.voxtag.embedder;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.model.ModelSupply;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.tracing.Traces;
import io.voxtag.tracing.TracingSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the embedder with the process. It starts in the background, so that health can be asked for
 * while a broker is waited for. When it cannot start or go on, health is DOWN and the process exits
 * with code 1.
 */
@ApplicationScoped
public class EmbedderService {

  private static final Logger LOG = Logger.getLogger(EmbedderService.class);

  private final EmbedderSettings settings;
  private final TracingSettings tracing;
  private final KafkaSettings kafka;
  private final ModelStoreSettings storeSettings;
  private final MeterRegistry registry;

  private @Nullable Thread starter;
  private volatile @Nullable Embedder embedder;
  private volatile @Nullable Throwable failure;
  private @Nullable ModelStore store;
  private boolean stopped;

  EmbedderService(
      EmbedderSettings settings,
      KafkaSettings kafka,
      ModelStoreSettings storeSettings,
      MeterRegistry registry,
      TracingSettings tracing) {
    this.settings = settings;
    this.kafka = kafka;
    this.storeSettings = storeSettings;
    this.registry = registry;
    this.tracing = tracing;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    if (settings.enabled()) {
      Traces.configure(tracing, "embedder");
      Gauge.builder("voxtag.embedder.ready", () -> isReady() ? 1 : 0)
          .description("1 where the model is loaded and partitions are given out, otherwise 0")
          .register(registry);
      starter = new Thread(this::start, "embedder-start");
      starter.setDaemon(true);
      starter.start();
    }
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Embedder running;
    synchronized (this) {
      stopped = true;
      starting = starter;
      running = embedder;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (running != null) {
      running.close();
    }
    closeStore();
  }

  /** Whether this process is to run an embedder at all. */
  boolean isEnabled() {
    return settings.enabled();
  }

  /** The embedder, once it has started. */
  Optional<Embedder> embedder() {
    return Optional.ofNullable(embedder);
  }

  /** Whether it takes calls. */
  boolean isReady() {
    return failure == null && embedder().map(Embedder::isReady).orElse(false);
  }

  /** Why it ended, where it did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void start() {
    try {
      BundleLoading loading = new BundleLoading(settings, storeSettings);
      Embedder started =
          Embedder.start(settings, kafka, loading, supply(loading), registry, this::fail);
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          embedder = started;
        }
      }
      if (late) {
        started.close();
        closeStore();
      }
    } catch (Exception e) {
      fail(e);
    }
  }

  private Optional<ModelSupply> supply(BundleLoading loading) {
    Optional<ModelStore> opened = ModelStores.open(storeSettings);
    synchronized (this) {
      store = opened.orElse(null);
    }
    return opened.map(from -> new ModelSupply(from, loading));
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
    LOG.errorf(cause, "The embedder cannot go on: %s", cause.getMessage());
    Quarkus.asyncExit(1);
  }
}
