package io.voxtag.matcher.streams;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records that cannot be read or used to the dead-letter queue of Kafka Streams (KIP-1034),
 * with the headers of {@link DeadLetters}, and goes on. They are part of the transaction in which
 * the record was consumed. A schema registry that does not help is no fault of a record: the thread
 * fails, and the record is read again.
 */
public final class DeadLetterHandler
    implements DeserializationExceptionHandler, ProcessingExceptionHandler {

  /** Key of the {@link MatcherMetrics} among the properties. */
  static final String METRICS = "voxtag.matcher.metrics";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

  private @Nullable MatcherMetrics metrics;
  private String topic = "";

  @Override
  public void configure(Map<String, ?> properties) {
    metrics = (MatcherMetrics) properties.get(METRICS);
    topic =
        String.valueOf(properties.get(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG));
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> source, Exception error) {
    if (SchemaRegistryException.isBehind(error)) {
      return DeserializationExceptionHandler.Response.fail();
    }
    return DeserializationExceptionHandler.Response.resume(List.of(letter(source, error, true)));
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception error) {
    // Without a source, as in a punctuation, there is nothing to set aside: the task must stop.
    if ((context.sourceRawKey() == null && context.sourceRawValue() == null)
        || SchemaRegistryException.isBehind(error)) {
      return ProcessingExceptionHandler.Response.fail();
    }
    ConsumerRecord<byte[], byte[]> source =
        new ConsumerRecord<>(
            context.topic(),
            context.partition(),
            context.offset(),
            context.timestamp(),
            TimestampType.CREATE_TIME,
            -1,
            -1,
            context.sourceRawKey(),
            context.sourceRawValue(),
            context.headers(),
            Optional.empty());
    boolean expected = error instanceof UnusableRecordException;
    return ProcessingExceptionHandler.Response.resume(List.of(letter(source, error, expected)));
  }

  private ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> source, Exception error, boolean expected) {
    if (expected) {
      LOG.warn(
          "Set aside a record topic={} partition={} offset={} reason={}",
          source.topic(),
          source.partition(),
          source.offset(),
          error.getMessage());
    } else {
      LOG.error(
          "Set aside a record topic={} partition={} offset={}",
          source.topic(),
          source.partition(),
          source.offset(),
          error);
    }
    if (metrics != null) {
      metrics.deadLetter(topic);
    }
    ProducerRecord<byte[], byte[]> letter = DeadLetters.letter(source, error);
    // Records of internal topics go where those of the topic that they came from go.
    return topic.endsWith(Topic.DLQ_SUFFIX) && !letter.topic().equals(topic)
        ? new ProducerRecord<>(topic, null, letter.key(), letter.value(), letter.headers())
        : letter;
  }
}
