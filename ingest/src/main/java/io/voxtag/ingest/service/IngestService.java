package io.voxtag.ingest.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.voxtag.ingest.IngestSettings;
import io.voxtag.ingest.leg.LiveLegs;
import io.voxtag.ingest.leg.OutstandingBytes;
import io.voxtag.ingest.publish.CallAudioProducers;
import io.voxtag.ingest.publish.CallAudioPublisher;
import io.voxtag.ingest.publish.IngestMetrics;
import io.voxtag.ingest.socket.SocketLimits;
import io.voxtag.ingest.socket.StreamSockets;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.KafkaSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the parts together at start, and takes them down in order. */
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
  private volatile @Nullable Running running;

  IngestService(IngestSettings settings, KafkaSettings kafka, MeterRegistry registry, Vertx vertx) {
    this.settings = settings;
    this.kafka = kafka;
    this.registry = registry;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    SettingsCheck.verify(settings);
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
                settings.idleTimeout()),
            settings.maxStreams());
    running = new Running(sockets, publisher, metrics, producerMetrics);
    LOG.infof("ingest started bootstrapServers=%s", kafka.bootstrapServers());
  }

  void stop(@Observes ShutdownEvent event) {
    Running stopping = running;
    if (stopping != null) {
      stopping.sockets().closeAll(settings.shutdownTimeout());
      stopping.publisher().close();
      stopping.producerMetrics().close();
    }
  }

  boolean isEnabled() {
    return settings.enabled();
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
