package io.voxtag.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BrokerTest {

  @Test
  void aBrokerThatIsNotThereIsNamedAfterTheTimeout() throws IOException {
    // given
    String address = "localhost:" + freePort();
    KafkaConnection settings =
        KafkaConnection.to(address).withStartTimeout(Duration.ofMillis(2500));

    // when
    long start = System.nanoTime();
    assertThatThrownBy(() -> Broker.await(settings))

        // then
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining(address)
        .hasMessageContaining("voxtag.kafka.bootstrap-servers");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aNameThatDoesNotResolveYetIsWaitedFor() {
    KafkaConnection settings =
        KafkaConnection.to("no-such-host.invalid:9092").withStartTimeout(Duration.ofSeconds(2));

    assertThatThrownBy(() -> Broker.await(settings))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("no-such-host.invalid:9092");
  }

  @Test
  void anAddressThatIsNoneFailsAtOnce() {
    KafkaConnection settings = KafkaConnection.to("broker-without-port");

    assertThatThrownBy(() -> Broker.await(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("broker-without-port");
  }

  @Test
  void anInterruptEndsTheWaiting() throws IOException {
    KafkaConnection settings = KafkaConnection.to("localhost:" + freePort());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Broker.await(settings)).isInstanceOf(InterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
