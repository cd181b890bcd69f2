package io.voxtag.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelVersion;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrokerFailureIT {

  private static final Duration SOON = Duration.ofMinutes(2);

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @Test
  void acknowledged_records_survive_a_kill_of_the_broker() {
    // given
    List<String> keys = IntStream.range(0, 200).mapToObj(i -> "killed-" + i).toList();
    keys.forEach(key -> KAFKA.topics().sendRaw(Topics.MODEL_VERSIONS.dlq().name(), key, null));

    // when
    String address = KAFKA.bootstrapServers();
    KAFKA.broker().kill();
    KAFKA.broker().start();

    // then
    assertThat(KAFKA.broker().bootstrapServers()).isEqualTo(address);
    try (TopicReader<byte[]> reader = KAFKA.topics().read(Topics.MODEL_VERSIONS.dlq())) {
      assertThat(reader.await(keys.size(), SOON)).extracting(ConsumerRecord::key).isEqualTo(keys);
    }
  }

  @Test
  void a_reader_goes_on_after_a_clean_restart() {
    // given
    ModelVersion tombstoned = null;
    try (TopicReader<ModelVersion> reader = KAFKA.topics().read(Topics.MODEL_VERSIONS)) {
      KAFKA.topics().send(Topics.MODEL_VERSIONS, "before", tombstoned);
      reader.await("before", 1, SOON);

      // when
      KAFKA.broker().stop();
      KAFKA.broker().start();
      KAFKA.topics().send(Topics.MODEL_VERSIONS, "after", tombstoned);

      // then
      assertThat(reader.await(2, SOON))
          .extracting(ConsumerRecord::key)
          .containsExactly("before", "after");
    }
  }
}
