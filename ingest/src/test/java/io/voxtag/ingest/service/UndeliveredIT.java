package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.testkit.TestBroker;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(UndeliveredIT.Impatient.class)
@WithTestResource(
    value = KafkaTestResource.class,
    initArgs = @ResourceArg(name = "own", value = "true"))
class UndeliveredIT {

  @TestHTTPResource URI server;
  @Inject IngestService service;
  TestTopics topics;
  TestBroker broker;

  /** Gives Kafka little time. */
  public static final class Impatient implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("voxtag.ingest.delivery-timeout", "PT4S");
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void audio_that_kafka_does_not_take_closes_its_stream_and_a_later_one_works() throws Exception {
    // given
    String callId = TestTopics.unique("undelivered");
    TestSocket socket = TestSocket.connect(server, "/v1/calls/" + callId + "/0?rate=8000");
    broker.kill();

    // when
    socket.send(new byte[1600]);

    // then
    assertThat(socket.closed().code()).isEqualTo(1011);
    assertThat(socket.closed().reason()).startsWith("Kafka did not take chunk 0 of call " + callId);

    // when
    broker.start();
    TestSocket later = TestSocket.connect(server, "/v1/calls/" + callId + "-b/0?rate=8000");
    later.send(new byte[1600]);
    later.send("{\"event\":\"end\"}");

    // then
    assertThat(later.answer()).isEqualTo("{\"event\":\"ended\",\"samples\":800,\"chunks\":2}");
    assertThat(StoredLeg.await(topics, callId + "-b", 0).isWhole().audio()).hasSize(1600);
  }
}
