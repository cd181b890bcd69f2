package io.voxtag.trainer.command;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.TrainingAction;
import io.voxtag.schemas.event.TrainingCommand;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.SchemaRegistryException;
import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunPhase;
import io.voxtag.trainer.run.RunStore;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code training-commands} and writes them into the book. It always begins at the oldest
 * record: a command whose request is in the book was taken before, so that nothing is done twice
 * and nothing is lost wherever the trainer was killed.
 */
public final class CommandLoop implements Runnable, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int MOST_ID = 128;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final RunBook book;
  private final RunStore store;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Deserializer<TrainingCommand> deserializer;
  private final Consumer<Throwable> fatal;
  private final Counter deadLetters;
  private final Thread thread;
  private volatile boolean stopping;

  /**
   * Starts.
   *
   * @param fatal told once, by the thread of the loop, what it cannot go on after
   */
  public CommandLoop(
      RunBook book,
      RunStore store,
      KafkaSettings kafka,
      MeterRegistry meters,
      Consumer<Throwable> fatal) {
    this.book = book;
    this.store = store;
    this.fatal = fatal;
    this.deadLetters =
        Counter.builder("voxtag.trainer.dead.letters")
            .description("Records sent to a dead-letter topic")
            .tag("topic", Topics.TRAINING_COMMANDS.name())
            .register(meters);
    Map<String, Object> properties =
        new HashMap<>(
            ClientProperties.consumer(kafka, "voxtag-trainer-commands", Topics.TRAINING_COMMANDS));
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(
                kafka, "voxtag-trainer-commands", Topics.TRAINING_COMMANDS.dlq()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.deserializer = EventSerdes.of(kafka).of(Topics.TRAINING_COMMANDS).deserializer();
    this.thread = new Thread(this, "trainer-commands");
    thread.start();
  }

  /** Whether the loop runs. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void run() {
    TopicPartition partition = new TopicPartition(Topics.TRAINING_COMMANDS.name(), 0);
    try {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (!stopping) {
        turn(partition);
      }
    } catch (InterruptException e) {
      LOG.debug("Command loop ends", e);
    } catch (Throwable e) {
      if (!stopping) {
        fatal.accept(e);
      }
    } finally {
      consumer.close();
      producer.close();
      deserializer.close();
    }
  }

  private void turn(TopicPartition partition) throws InterruptedException {
    book.tellAll();
    ConsumerRecords<byte[], byte[]> records;
    try {
      records = consumer.poll(POLL);
    } catch (RetriableException e) {
      LOG.warn("Commands cannot be read for now, reason={}", e.toString());
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        take(record);
      } catch (SchemaRegistryException | RetriableException | UncheckedIOException e) {
        LOG.warn("A command waits, reason={}", e.getMessage());
        consumer.seek(partition, record.offset());
        Thread.sleep(POLL.toMillis());
        return;
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    TrainingCommand command;
    try {
      command = command(record);
    } catch (SerializationException e) {
      LOG.warn("Training command refused, offset={} reason={}", record.offset(), e.getMessage());
      KafkaAnswers.await(new DeadLetters(producer).send(record, e).toCompletableFuture());
      deadLetters.increment();
      return;
    }
    if (command.getAction() == TrainingAction.CANCEL) {
      book.cancel(command.getRequestId());
    } else if (book.find(command.getRequestId()).isEmpty()) {
      book.add(run(command));
    }
  }

  private TrainingCommand command(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || record.key() == null) {
      throw new SerializationException("a training command needs a key and a value");
    }
    TrainingCommand command =
        deserializer.deserialize(record.topic(), record.headers(), record.value());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    String id = command.getRequestId();
    if (!id.equals(key)) {
      throw new SerializationException(
          "a command with request id %s under the key %s, must be the request id"
              .formatted(id, key));
    }
    if (id.isEmpty() || id.length() > MOST_ID) {
      throw new SerializationException(
          "a request id of %d characters, must be 1 to %d".formatted(id.length(), MOST_ID));
    }
    return command;
  }

  private Run run(TrainingCommand command) {
    long number = store.nextNumber();
    return new Run(
        command.getRequestId(),
        number,
        RunPhase.QUEUED,
        command.getConfig(),
        command.getBaseVersion(),
        command.getSince(),
        command.getRequestedAt(),
        "trained-%s-%d".formatted(STAMP.format(command.getRequestedAt()), number),
        null,
        false);
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(CLOSE.toMillis());
      thread.interrupt();
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
