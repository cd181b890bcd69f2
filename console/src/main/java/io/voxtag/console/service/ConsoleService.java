package io.voxtag.console.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.voxtag.console.ConsoleSettings;
import io.voxtag.console.access.Access;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.KafkaSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together and takes them down in order. It starts in the background, so that health
 * can be asked for while Kafka is waited for. When it cannot start, health is DOWN and the process
 * exits with code 1. Settings that would let anybody in stop the start at once.
 */
@Singleton
public class ConsoleService {

  private static final Logger LOG = Logger.getLogger(ConsoleService.class);

  private final ConsoleSettings settings;
  private final KafkaSettings kafka;
  private final ObjectMapper json;
  private final @Nullable Access access;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private @Nullable Thread starter;
  private volatile @Nullable Parts running;
  private boolean stopped;

  ConsoleService(
      ConsoleSettings settings,
      KafkaSettings kafka,
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.http.host") String httpHost) {
    this.settings = settings;
    this.kafka = kafka;
    this.json = json;
    this.access =
        settings.enabled() ? Access.of(settings.token(), settings.oidc(), httpHost) : null;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      started.complete(null);
      return;
    }
    SettingsCheck.verify(settings);
    starter = new Thread(this::start, "console-start");
    starter.setDaemon(true);
    starter.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Parts stopping;
    synchronized (this) {
      stopped = true;
      starting = starter;
      stopping = running;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (stopping != null) {
      stopping.close();
    }
  }

  /** Completes when the page shows what goes on, or where it is not to be served. */
  public CompletionStage<Void> started() {
    return started.minimalCompletionStage();
  }

  private void start() {
    try {
      Broker.await(kafka);
      Parts ready = new Parts(settings, kafka, json);
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          running = ready;
        }
      }
      if (late) {
        ready.close();
        return;
      }
      LOG.infof("console started bootstrapServers=%s", kafka.bootstrapServers());
      started.complete(null);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException cause) {
    synchronized (this) {
      if (stopped) {
        return;
      }
    }
    LOG.errorf(cause, "console cannot start: %s", cause.getMessage());
    started.completeExceptionally(cause);
    Quarkus.asyncExit(1);
  }

  boolean isEnabled() {
    return settings.enabled();
  }

  /** Whether the service could not be started. */
  boolean hasFailed() {
    return started.isCompletedExceptionally();
  }

  /** Who is let in; empty where the page is not served. */
  Optional<Access> access() {
    return Optional.ofNullable(access);
  }

  /** The parts, empty until started. */
  Optional<Parts> parts() {
    return Optional.ofNullable(running);
  }
}
