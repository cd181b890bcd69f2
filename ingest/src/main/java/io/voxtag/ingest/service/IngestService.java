package io.voxtag.ingest.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.voxtag.ingest.IngestSettings;
import io.voxtag.ingest.access.Access;
import io.voxtag.ingest.leg.LiveLegs;
import io.voxtag.ingest.leg.OutstandingBytes;
import io.voxtag.ingest.publish.CallAudioProducers;
import io.voxtag.ingest.publish.CallAudioPublisher;
import io.voxtag.ingest.publish.IngestMetrics;
import io.voxtag.ingest.socket.SocketLimits;
import io.voxtag.ingest.socket.StreamSockets;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.tracing.Traces;
import io.voxtag.tracing.TracingSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together and takes them down in order. It starts in the background, so that health
 * can be asked for while Kafka is waited for. When it cannot start, health is DOWN and the process
 * exits with code 1. Settings that would let anybody in stop the start at once.
 */
@Singleton
public class IngestService {

  private static final Logger LOG = Logger.getLogger(IngestService.class);

  private record Running(
      StreamSockets sockets,
      CallAudioPublisher publisher,
      IngestMetrics metrics,
      KafkaClientMetrics producerMetrics) {}

  private final IngestSettings settings;
  private final KafkaSettings kafka;
  private final MeterRegistry registry;
  private final Vertx vertx;
  private final TracingSettings tracing;
  private final @Nullable Access access;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private @Nullable Thread starter;
  private volatile @Nullable Running running;
  private boolean stopped;

  IngestService(
      IngestSettings settings,
      KafkaSettings kafka,
      MeterRegistry registry,
      Vertx vertx,
      TracingSettings tracing,
      @ConfigProperty(name = "quarkus.http.host") String httpHost) {
    this.settings = settings;
    this.kafka = kafka;
    this.registry = registry;
    this.vertx = vertx;
    this.tracing = tracing;
    this.access = settings.enabled() ? Access.of(settings.access(), httpHost) : null;
  }

  synchronized void onStart(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      started.complete(null);
      return;
    }
    SettingsCheck.verify(settings);
    Traces.configure(tracing, "ingest");
    Gauge.builder("voxtag.ingest.ready", () -> isReady() ? 1 : 0)
        .description("1 where a broker is connected, otherwise 0")
        .register(registry);
    starter = new Thread(this::start, "ingest-start");
    starter.setDaemon(true);
    starter.start();
  }

  void onStop(@Observes ShutdownEvent event) {
    Thread starting;
    Running stopping;
    synchronized (this) {
      stopped = true;
      starting = starter;
      stopping = running;
    }
    if (starting != null) {
      starting.interrupt();
    }
    if (stopping != null) {
      close(stopping);
    }
  }

  /**
   * Completes when calls are taken, or where none are to be; fails where the service cannot start.
   */
  public CompletionStage<Void> started() {
    return started.minimalCompletionStage();
  }

  private void start() {
    try {
      Running ready = connect();
      boolean late;
      synchronized (this) {
        late = stopped;
        if (!late) {
          running = ready;
        }
      }
      if (late) {
        close(ready);
        return;
      }
      LOG.infof("ingest started bootstrapServers=%s", kafka.bootstrapServers());
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
    LOG.errorf(cause, "ingest cannot start: %s", cause.getMessage());
    started.completeExceptionally(cause);
    Quarkus.asyncExit(1);
  }

  private Running connect() {
    OutstandingBytes outstanding = new OutstandingBytes(settings.outstanding().totalBytes());
    IngestMetrics metrics = new IngestMetrics(registry, outstanding);
    Producer<String, AudioChunk> producer =
        CallAudioProducers.connect(
            kafka, settings.deliveryTimeout(), settings.outstanding().totalBytes());
    KafkaClientMetrics producerMetrics = new KafkaClientMetrics(producer);
    producerMetrics.bindTo(registry);
    CallAudioPublisher publisher =
        new CallAudioPublisher(
            producer, settings.deliveryTimeout(), settings.shutdownTimeout(), metrics);
    StreamSockets sockets =
        new StreamSockets(
            vertx,
            new LiveLegs(publisher, settings.chunkDuration(), InstantSource.system()),
            outstanding,
            metrics,
            new SocketLimits(
                settings.maxMessageBytes(),
                settings.outstanding().connectionBytes(),
                settings.maxBytesPerSecond(),
                settings.startTimeout(),
                settings.idleTimeout()),
            settings.maxStreams());
    return new Running(sockets, publisher, metrics, producerMetrics);
  }

  private void close(Running stopping) {
    stopping.sockets().closeAll(settings.shutdownTimeout());
    stopping.publisher().close();
    stopping.producerMetrics().close();
  }

  boolean isEnabled() {
    return settings.enabled();
  }

  /** Whether audio can be taken and stored. */
  boolean isReady() {
    return publisher().filter(CallAudioPublisher::isConnected).isPresent();
  }

  /** Whether the start is still under way. */
  boolean isStarting() {
    return !started.isDone();
  }

  /** Whether the service could not be started. */
  boolean hasFailed() {
    return started.isCompletedExceptionally();
  }

  /** Who may send calls; empty where none are taken. */
  Optional<Access> access() {
    return Optional.ofNullable(access);
  }

  /** The connections, empty until started. */
  Optional<StreamSockets> sockets() {
    return Optional.ofNullable(running).map(Running::sockets);
  }

  /** The metrics, empty until started. */
  Optional<IngestMetrics> metrics() {
    return Optional.ofNullable(running).map(Running::metrics);
  }

  /** The way to Kafka, empty until started. */
  Optional<CallAudioPublisher> publisher() {
    return Optional.ofNullable(running).map(Running::publisher);
  }
}
