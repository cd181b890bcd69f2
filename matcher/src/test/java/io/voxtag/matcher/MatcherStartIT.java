package io.voxtag.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service while it waits for a broker that is not there. */
@QuarkusTest
@TestProfile(MatcherStartIT.WithoutKafka.class)
class MatcherStartIT {

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/health/live")
  URI live;

  /** Nobody listens, and there is much time. */
  public static final class WithoutKafka implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "voxtag.model",
          "src/test/resources/bundle",
          "voxtag.kafka.bootstrap-servers",
          "localhost:1",
          "voxtag.kafka.start-timeout",
          "PT10M");
    }
  }

  @Test
  void healthIsServedMeanwhile() throws Exception {
    assertThat(get(live).statusCode()).isEqualTo(200);
    assertThat(get(ready).statusCode()).isEqualTo(503);
    assertThat(get(ready).body()).contains("STARTING");
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
