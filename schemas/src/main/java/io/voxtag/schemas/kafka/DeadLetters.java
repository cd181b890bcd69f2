package io.voxtag.schemas.kafka;

import io.voxtag.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Sends records that cannot be processed to {@code <topic>.dlq}: key, value and headers as they
 * came, and headers that say where from and why (UTF-8 text, numbers in decimal). Thread-safe.
 */
public final class DeadLetters {

  /** Header: why the record could not be processed, in words, at most 1,000 characters. */
  public static final String REASON = "voxtag.dlq.reason";

  /** Header: class name of the error. */
  public static final String ERROR_CLASS = "voxtag.dlq.error-class";

  /** Header: the topic that the record was read from. */
  public static final String TOPIC = "voxtag.dlq.topic";

  /** Header: the partition that it was read from. */
  public static final String PARTITION = "voxtag.dlq.partition";

  /** Header: its offset there. */
  public static final String OFFSET = "voxtag.dlq.offset";

  /** Header: its timestamp there, milliseconds since the epoch, UTC. */
  public static final String TIMESTAMP = "voxtag.dlq.timestamp";

  private static final int MAX_REASON_CHARS = 1000;

  private final Producer<byte[], byte[]> producer;

  /** Sends with this producer, which stays the caller's to close. */
  public DeadLetters(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Sends a record away. The source's offset must not be committed before the answer is there.
   *
   * @return completes when the broker has acknowledged it, or with the producer's error
   */
  public CompletionStage<RecordMetadata> send(
      ConsumerRecord<byte[], byte[]> source, Throwable error) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    var unused =
        producer.send(
            letter(source, error),
            (metadata, failure) -> {
              if (failure == null) {
                sent.complete(metadata);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }

  /**
   * The record that {@link #send} sends, for callers who have a way of their own.
   *
   * @throws IllegalArgumentException if the source is itself a dead letter
   */
  public static ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> source, Throwable error) {
    if (source.topic().endsWith(Topic.DLQ_SUFFIX)) {
      throw new IllegalArgumentException(
          "A record of " + source.topic() + " is a dead letter already");
    }
    RecordHeaders headers = new RecordHeaders(source.headers().toArray());
    headers.add(REASON, utf8(reason(error)));
    headers.add(ERROR_CLASS, utf8(error.getClass().getName()));
    headers.add(TOPIC, utf8(source.topic()));
    headers.add(PARTITION, utf8(Integer.toString(source.partition())));
    headers.add(OFFSET, utf8(Long.toString(source.offset())));
    headers.add(TIMESTAMP, utf8(Long.toString(source.timestamp())));
    return new ProducerRecord<>(
        source.topic() + Topic.DLQ_SUFFIX, null, source.key(), source.value(), headers);
  }

  private static String reason(Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.length() > MAX_REASON_CHARS ? message.substring(0, MAX_REASON_CHARS) : message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
