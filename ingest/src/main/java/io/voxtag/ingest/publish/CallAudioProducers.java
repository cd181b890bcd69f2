package io.voxtag.ingest.publish;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.Broker;
import io.voxtag.schemas.kafka.BrokerUnavailableException;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.kafka.TopicAdmin;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Producers of {@code call-audio}. */
public final class CallAudioProducers {

  private static final String CLIENT_ID = "voxtag-ingest";
  private static final int MAX_REQUEST_TIMEOUT_MS = 30_000;
  private static final int BATCH_BYTES = 64 * 1024;
  private static final long METADATA_IDLE_MS = Duration.ofDays(1).toMillis();
  private static final long SPARE_BUFFER_BYTES = 32L << 20;

  private CallAudioProducers() {}

  /**
   * Waits for a broker, makes the topic where it is missing, and connects. Blocks.
   *
   * @param deliveryTimeout how long a record may take, outages included
   * @param outstandingBytes how much will be outstanding at most
   * @throws BrokerUnavailableException if no broker answers in time
   * @throws KafkaException if the topic cannot be used
   */
  public static Producer<String, AudioChunk> connect(
      KafkaSettings settings, Duration deliveryTimeout, long outstandingBytes) {
    Broker.await(settings);
    try (Admin admin = Admin.create(ClientProperties.admin(settings))) {
      new TopicAdmin(admin).createMissing(List.of(Topics.CALL_AUDIO), settings.replicationFactor());
    }
    KafkaProducer<String, AudioChunk> producer =
        new KafkaProducer<>(
            properties(settings, deliveryTimeout, outstandingBytes),
            new StringSerializer(),
            EventSerdes.of(settings).of(Topics.CALL_AUDIO).serializer());
    producer.partitionsFor(Topics.CALL_AUDIO.name());
    return producer;
  }

  private static Map<String, Object> properties(
      KafkaSettings settings, Duration deliveryTimeout, long outstandingBytes) {
    Map<String, Object> properties =
        new HashMap<>(ClientProperties.producer(settings, CLIENT_ID, Topics.CALL_AUDIO));
    int timeout = Math.toIntExact(deliveryTimeout.toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) timeout);
    properties.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(MAX_REQUEST_TIMEOUT_MS, timeout / 2));
    // A broker that became leader a moment ago knows no sequence numbers yet and takes any first
    // one:
    // with more in flight, a later batch could pass one that it had just refused, for good.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    // Sockets are held back long before the producer's own memory is used up.
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, outstandingBytes + SPARE_BUFFER_BYTES);
    // An idle service must still know where the topic is, and whether a broker is there.
    properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_IDLE_MS);
    properties.put(ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, -1L);
    properties.putAll(settings.properties());
    return properties;
  }
}
