package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The service while it waits for a broker that is not there. */
@QuarkusTest
@TestProfile(StartIT.WithoutKafka.class)
class StartIT {

  @TestHTTPResource URI server;

  /** Nobody listens, and there is much time. */
  public static final class WithoutKafka implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.kafka.bootstrap-servers", "localhost:1", "voxtag.kafka.start-timeout", "PT10M");
    }
  }

  @Test
  void health_is_served_and_calls_are_told_to_come_later() throws Exception {
    assertThat(status("/q/health/live")).isEqualTo(200);
    assertThat(status("/q/health/ready")).isEqualTo(503);
    assertThatThrownBy(() -> TestSocket.connect(server, "/v1/calls/early/0?rate=8000"))
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(WebSocketHandshakeException.class))
        .extracting(refused -> refused.getResponse().statusCode())
        .isEqualTo(503);
  }

  private int status(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
