package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {

  private final KafkaConnection settings = KafkaConnection.to("broker:9092");

  @Test
  void aProducerLosesAndDoublesNothing() {
    // when
    Map<String, Object> properties =
        ClientProperties.producer(settings, "ingest", Topics.CALL_AUDIO);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    ProducerConfig config = new ProducerConfig(properties);

    // then: "all" is kept as -1
    assertThat(config.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
    assertThat(config.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
    assertThat(config.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
        .containsExactly("broker:9092");
    assertThat(config.getString(ProducerConfig.CLIENT_ID_CONFIG)).isEqualTo("ingest");
  }

  @Test
  void aProducerTakesTheLargestMessageOfItsTopics() {
    assertThat(
            ClientProperties.producer(settings, "p", Topics.CALL_AUDIO, Topics.ENROLLMENTS)
                .get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
        .isEqualTo(8 * 1024 * 1024);
    assertThat(ClientProperties.producer(settings, "p").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
        .isEqualTo(Topic.DEFAULT_MAX_MESSAGE_BYTES);
  }

  @Test
  void aConsumerCommitsWhenToldAndSeesCommittedRecordsOnly() {
    // when
    Map<String, Object> properties =
        ClientProperties.consumer(settings, "embedder", Topics.ENROLLMENTS);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    ConsumerConfig config = new ConsumerConfig(properties);

    // then
    assertThat(config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)).isFalse();
    assertThat(config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)).isEqualTo("read_committed");
    assertThat(config.getString(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)).isEqualTo("earliest");
    assertThat(config.getInt(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG))
        .isEqualTo(8 * 1024 * 1024);
  }

  @Test
  void aStreamsApplicationIsExactlyOnceAndRecoversSoon() {
    // when
    StreamsConfig config =
        new StreamsConfig(
            ClientProperties.streams(settings, "matcher", Topics.ENROLLMENTS, Topics.SPEAKER_TAGS));
    Map<String, Object> consumer = config.getMainConsumerConfigs("matcher", "matcher-1", 0);
    Map<String, Object> producer = config.getProducerConfigs("matcher-1");

    // then
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
    assertThat(consumer)
        .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000)
        .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500)
        .containsEntry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 * 1024 * 1024);
    assertThat(producer)
        .containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000)
        .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
  }

  @Test
  void theOperatorsPropertiesReachEveryClientAndWin() {
    // given
    KafkaConnection secured =
        settings.withProperties(Map.of("security.protocol", "SSL", "linger.ms", "50"));

    // then
    assertThat(ClientProperties.producer(secured, "p")).containsEntry("linger.ms", "50");
    assertThat(ClientProperties.admin(secured))
        .containsEntry(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, "SSL");
    assertThat(ClientProperties.consumer(secured, "g")).containsEntry("security.protocol", "SSL");
    assertThat(ClientProperties.streams(secured, "s")).containsEntry("security.protocol", "SSL");
  }
}
