package io.voxtag.ingest.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.kafka.BrokerUnavailableException;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallAudioProducersTest {

  @Test
  void without_a_broker_the_start_fails_after_its_time_and_names_the_address() {
    KafkaConnection nobody =
        KafkaConnection.to("localhost:1").withStartTimeout(Duration.ofSeconds(2));

    assertThatThrownBy(() -> CallAudioProducers.connect(nobody, Duration.ofMinutes(2), 1 << 20))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("localhost:1");
  }
}
