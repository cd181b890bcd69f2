package io.voxtag.trainer.command;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.voiceprint.training.TrainingProgress;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes {@code training-events}. Thread-safe. */
public final class EventLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final int SEND_TIMEOUT_MS = 30_000;

  private final Producer<String, TrainingEvent> producer;
  private final Clock clock;

  /**
   * How far a run is.
   *
   * @param training figures of the last batches
   * @param epochs in all; 0 where not known
   * @param eer so far, from 0 to 1; null where none was measured
   */
  public record Progress(TrainingProgress training, long epochs, @Nullable Double eer) {}

  /** A log with a client of its own. */
  public EventLog(KafkaSettings kafka, Clock clock) {
    this.clock = clock;
    Map<String, Object> properties =
        ClientProperties.producer(kafka, "voxtag-trainer-events", Topics.TRAINING_EVENTS);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_TIMEOUT_MS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, SEND_TIMEOUT_MS / 2);
    properties.putAll(kafka.properties());
    this.producer =
        new KafkaProducer<>(
            properties,
            new StringSerializer(),
            EventSerdes.of(kafka).of(Topics.TRAINING_EVENTS).serializer());
  }

  /**
   * Says where a run stands, and waits until Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void phase(Run run) {
    TrainingEvent event = event(run, phase(run.phase())).setDetail(run.detail()).build();
    KafkaAnswers.await(
        producer.send(new ProducerRecord<>(Topics.TRAINING_EVENTS.name(), run.requestId(), event)));
  }

  /** Says how far a run is; one that Kafka does not take is only logged, another one follows. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  public void progress(Run run, Progress progress) {
    TrainingProgress training = progress.training();
    TrainingEvent event =
        event(run, TrainingPhase.RUNNING)
            .setEpoch((int) Math.max(0, training.epoch() - 1))
            .setEpochs((int) progress.epochs())
            .setLoss(training.loss())
            .setAccuracy(training.accuracy())
            .setSamplesPerSecond(training.samplesPerSecond())
            .setRemainingMs(training.secondsLeft() * 1000)
            .setEer(progress.eer())
            .build();
    producer.send(
        new ProducerRecord<>(Topics.TRAINING_EVENTS.name(), run.requestId(), event),
        (metadata, error) -> {
          if (error != null) {
            LOG.warn("Progress was not published, reason={}", error.toString());
          }
        });
  }

  private TrainingEvent.Builder event(Run run, TrainingPhase phase) {
    return TrainingEvent.newBuilder()
        .setRequestId(run.requestId())
        .setPhase(phase)
        .setEpoch(0)
        .setEpochs(0)
        .setModelVersion(run.version())
        .setAt(clock.instant());
  }

  private static TrainingPhase phase(RunPhase phase) {
    return switch (phase) {
      case QUEUED -> TrainingPhase.ACCEPTED;
      case RUNNING -> TrainingPhase.RUNNING;
      case EVALUATING -> TrainingPhase.EVALUATING;
      case PUBLISHED -> TrainingPhase.PUBLISHED;
      case REJECTED -> TrainingPhase.REJECTED;
      case CANCELLED -> TrainingPhase.CANCELLED;
      case FAILED -> TrainingPhase.FAILED;
    };
  }

  @Override
  public void close() {
    producer.close();
  }
}
