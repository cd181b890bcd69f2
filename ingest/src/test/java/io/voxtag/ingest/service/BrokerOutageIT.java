package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.ingest.client.CallStreamClient;
import io.voxtag.ingest.client.LegAddress;
import io.voxtag.ingest.client.LegAudio;
import io.voxtag.ingest.client.Pace;
import io.voxtag.ingest.client.StreamEnded;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.testkit.TestBroker;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hamcrest.BaseMatcher;
import org.hamcrest.Description;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BrokerOutageIT.SmallLimits.class)
@WithTestResource(
    value = KafkaTestResource.class,
    initArgs = @ResourceArg(name = "own", value = "true"))
class BrokerOutageIT {

  private static final int LIMIT = 256 * 1024;

  @TestHTTPResource URI server;
  @Inject MeterRegistry registry;
  @Inject IngestService service;
  TestTopics topics;
  TestBroker broker;

  /** Little may be outstanding, and an outage may be long. */
  public static final class SmallLimits implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.ingest.outstanding.connection-bytes", Integer.toString(LIMIT),
          "voxtag.ingest.outstanding.total-bytes", Integer.toString(2 * LIMIT),
          "voxtag.ingest.delivery-timeout", "PT5M");
    }
  }

  @BeforeEach
  void awaitStart() {
    service.started().toCompletableFuture().join();
  }

  @Test
  void while_kafka_is_away_clients_are_held_back_and_then_nothing_is_lost() throws Exception {
    // given
    String callId = TestTopics.unique("outage");
    byte[] audio = new byte[40_000_000];
    new Random(1).nextBytes(audio);
    AtomicLong sent = new AtomicLong();
    CompletableFuture<StreamEnded> ended = new CompletableFuture<>();
    LegAudio leg = new LegAudio(AudioEncoding.MULAW, 8000, new ByteArrayInputStream(audio));
    Thread client =
        new Thread(
            () -> {
              try {
                ended.complete(
                    new CallStreamClient(server)
                        .stream(new LegAddress(callId, 0), leg, Pace.UNLIMITED, sent::set));
              } catch (Exception e) {
                ended.completeExceptionally(e);
              }
            });
    broker.stop();

    // when
    client.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> registry.get("voxtag.ingest.outstanding.bytes").gauge().value() >= LIMIT);

    // then the client's own writes wait, and what the service holds stays small
    await()
        .atMost(Duration.ofSeconds(60))
        .during(Duration.ofSeconds(3))
        .until(() -> sent.get(), new Unchanged());
    assertThat(registry.get("voxtag.ingest.outstanding.bytes").gauge().value())
        .isLessThan(2.0 * LIMIT);
    assertThat(sent.get()).isLessThan(audio.length);
    assertThat(ended).isNotDone();
    await().atMost(Duration.ofSeconds(60)).until(() -> ready().contains("\"status\": \"DOWN\""));

    // when
    broker.start();

    // then
    assertThat(ended.get(180, TimeUnit.SECONDS).samples()).isEqualTo(audio.length);
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
    assertThat(registry.get("voxtag.ingest.backpressure").timer().count()).isPositive();
    assertThat(ready()).contains("\"status\": \"UP\"");
    await().until(() -> registry.get("voxtag.ingest.outstanding.bytes").gauge().value() == 0);
  }

  @Test
  void a_client_that_leaves_while_it_is_held_back_loses_nothing() throws Exception {
    // given
    String callId = TestTopics.unique("leaving");
    byte[] audio = new byte[2_000_000];
    new Random(2).nextBytes(audio);
    TestSocket socket =
        TestSocket.connect(server, "/v1/calls/" + callId + "/0?rate=8000&encoding=mulaw");
    broker.stop();

    // when
    for (int from = 0; from < audio.length; from += 20_000) {
      socket.send(Arrays.copyOfRange(audio, from, from + 20_000));
    }
    socket.close();
    broker.start();

    // then
    assertThat(StoredLeg.await(topics, callId, 0).isWhole().audio()).isEqualTo(audio);
  }

  private String ready() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.resolve("/q/health/ready")).build(),
            BodyHandlers.ofString())
        .body();
  }

  /** True while the value is what it was when first seen with it. */
  private static final class Unchanged extends BaseMatcher<Long> {

    private long value = -1;

    @Override
    public boolean matches(Object now) {
      boolean same = now.equals(value);
      value = (Long) now;
      return same && value > 0;
    }

    @Override
    public void describeTo(Description description) {
      description.appendText("no more progress");
    }
  }
}
