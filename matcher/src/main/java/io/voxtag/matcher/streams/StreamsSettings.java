package io.voxtag.matcher.streams;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.schemas.Topic;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a topology is run.
 *
 * @param kafka where
 * @param applicationId name of the application: consumer group and prefix of its internal topics
 * @param threads stream threads, at least 1
 * @param instanceId name of this instance that stays the same over restarts; empty for none
 * @param source the topic that is processed: records that cannot be go to its dead-letter topic
 * @param sink the topic that is written
 */
public record StreamsSettings(
    KafkaSettings kafka,
    String applicationId,
    int threads,
    Optional<String> instanceId,
    Topic<?> source,
    Topic<?> sink) {

  /** The properties of the Kafka Streams application. */
  public Properties properties(MatcherMetrics metrics) {
    Map<String, Object> values =
        ClientProperties.streams(kafka, applicationId, source, source.dlq(), sink);
    values.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    values.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, source.dlq().name());
    values.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    values.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
    // Without it Kafka Streams warns, though no topology here has global state. By name, because
    // the constant is deprecated already.
    values.put("processing.exception.handler.global.enabled", true);
    values.put(DeadLetterHandler.METRICS, metrics);
    instanceId.ifPresent(
        id ->
            values.put(
                StreamsConfig.mainConsumerPrefix("group.instance.id"), applicationId + "-" + id));
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }
}
