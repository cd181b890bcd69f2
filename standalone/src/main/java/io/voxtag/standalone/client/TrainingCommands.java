package io.voxtag.standalone.client;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicReader;
import io.voxtag.schemas.kafka.TopicReader.From;
import io.voxtag.schemas.kafka.TopicReader.Message;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks the trainer for something and hears what becomes of it. Belongs to one thread. */
public final class TrainingCommands implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaProducer<String, TrainingCommand> producer;
  private final TopicReader<TrainingEvent> events;

  /** Connects; events are seen from now on. */
  public TrainingCommands(KafkaSettings kafka) {
    events = TopicReader.open(kafka, Topics.TRAINING_EVENTS, From.NOW);
    producer =
        new KafkaProducer<>(
            ClientProperties.producer(kafka, "voxtag-retrain", Topics.TRAINING_COMMANDS),
            new StringSerializer(),
            EventSerdes.of(kafka).of(Topics.TRAINING_COMMANDS).serializer());
  }

  /**
   * Publishes a command and returns when Kafka has it.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not take it
   */
  public void send(TrainingCommand command) {
    KafkaAnswers.await(
        producer.send(
            new ProducerRecord<>(
                Topics.TRAINING_COMMANDS.name(), command.getRequestId(), command)));
  }

  /**
   * Hands over the events of a request until one is the last that is waited for.
   *
   * @param patience how long to wait for the next event
   * @param last whether an event ends it
   * @return false where no event came for so long
   */
  public boolean await(String requestId, Duration patience, Predicate<TrainingEvent> last) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      for (Message<TrainingEvent> message : events.poll(POLL)) {
        TrainingEvent event = message.value();
        if (event != null && event.getRequestId().equals(requestId)) {
          deadline = System.nanoTime() + patience.toNanos();
          if (last.test(event)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      producer.close();
    } finally {
      events.close();
    }
  }
}
