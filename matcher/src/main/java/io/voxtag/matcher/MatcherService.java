package io.voxtag.matcher;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.modelstore.ModelStores;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.tracing.Traces;
import io.voxtag.tracing.TracingSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the matcher with the process. It starts in the background, so that health can be asked for
 * while a broker is waited for. When it cannot start or go on, health is DOWN and the process exits
 * with code 1.
 */
@ApplicationScoped
public class MatcherService {

  private static final Logger LOG = Logger.getLogger(MatcherService.class);

  private final MatcherSettings settings;
  private final ModelStoreSettings storeSettings;
  private final TracingSettings tracing;
  private final KafkaSettings kafka;
  private final MeterRegistry meters;
  private @Nullable Thread starter;
  private @Nullable ModelStore store;
  private volatile @Nullable Matcher matcher;
  private volatile @Nullable Throwable failure;
  private boolean stopped;

  MatcherService(
      MatcherSettings settings,
      ModelStoreSettings storeSettings,
      KafkaSettings kafka,
      MeterRegistry meters,
      TracingSettings tracing) {
    this.storeSettings = storeSettings;
    this.settings = settings;
    this.kafka = kafka;
    this.meters = meters;
    this.tracing = tracing;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    SettingsCheck.verify(settings);
    Traces.configure(tracing, "matcher");
    Gauge.builder("voxtag.matcher.ready", () -> isReady() ? 1 : 0)
        .description("1 where tagging and enrolling run, otherwise 0")
        .register(meters);
    starter = new Thread(this::start, "matcher-start");
    starter.setDaemon(true);
    starter.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Matcher running;
    synchronized (this) {
      stopped = true;
      starting = starter;
      running = matcher;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (running != null) {
      running.close();
    }
    closeStore();
  }

  /** The matcher, once it was started. */
  Optional<Matcher> matcher() {
    return Optional.ofNullable(matcher);
  }

  /** Whether it tags and enrols. */
  boolean isReady() {
    return matcher().map(Matcher::isRunning).orElse(false);
  }

  /** Why it cannot start or go on, where it cannot. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void start() {
    try {
      ModelStores.requireSigned(storeSettings, settings.model());
      ServedModel model = ServedModel.read(settings.model());
      Broker.await(kafka);
      TopicAdmin.createMissing(kafka);
      Optional<ModelStore> opened = ModelStores.open(storeSettings);
      synchronized (this) {
        store = opened.orElse(null);
      }
      Matcher started = Matcher.start(settings, kafka, model, opened, meters, this::fail);
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          matcher = started;
        }
      }
      if (late) {
        started.close();
        closeStore();
        return;
      }
      LOG.infof(
          "Matcher started, modelVersion=%s threshold=%s redis=%s",
          model.version(), model.decision().threshold(), settings.redisUrl().getHost());
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
    LOG.errorf(cause, "The matcher cannot go on: %s", cause.getMessage());
    Quarkus.asyncExit(1);
  }
}
