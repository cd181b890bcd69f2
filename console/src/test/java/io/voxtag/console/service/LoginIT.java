package io.voxtag.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.voxtag.testkit.quarkus.KafkaTestResource;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The console with a token. */
@QuarkusTest
@TestProfile(LoginIT.WithToken.class)
@WithTestResource(KafkaTestResource.class)
class LoginIT {

  private static final String TOKEN = "correct-horse-battery";

  @TestHTTPResource URI server;

  /** A token is set. */
  public static final class WithToken implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("voxtag.console.token", TOKEN);
    }
  }

  @Test
  void without_login_there_is_a_form_and_nothing_else() throws Exception {
    Client client = new Client(server);

    HttpResponse<byte[]> page = client.get("/");
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("id=\"login\"");
    assertThat(client.get("/console/login.js").statusCode()).isEqualTo(200);
    assertThat(client.get("/console/app.js").statusCode()).isEqualTo(401);
    assertThat(client.get("/console/events").statusCode()).isEqualTo(401);
    assertThat(client.get("/console/api/models").statusCode()).isEqualTo(401);
    assertThat(client.post("/console/api/models/rollback", Map.of()).statusCode()).isEqualTo(401);
  }

  @Test
  void the_token_opens_the_page_and_only_the_right_one() throws Exception {
    // given
    Client client = new Client(server);

    // when
    HttpResponse<String> wrong = client.post("/console/login", Map.of("token", TOKEN + "!"));
    HttpResponse<String> right = client.post("/console/login", Map.of("token", TOKEN));

    // then
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
    assertThat(right.statusCode()).isEqualTo(200);
    String cookie = right.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict")
        .doesNotContain(TOKEN);
    assertThat(client.get("/", "Cookie", cookie.split(";", 2)[0]).statusCode()).isEqualTo(200);
    assertThat(client.get("/", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    assertThat(client.get("/", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
  }
}
