package io.voxtag.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final String TOKEN = "a-token-of-enough-length";

  private static Caller caller(boolean loopback, String host) {
    return new Caller(loopback, false, host, null, null, false);
  }

  @Test
  void without_token_only_this_machine_is_let_in() {
    Access access = Access.of(Optional.empty(), false, "127.0.0.1");

    assertThat(access.admits(caller(true, "localhost:8080"))).isTrue();
    assertThat(access.admits(caller(true, "[::1]:8080"))).isTrue();
    assertThat(access.admits(caller(false, "localhost:8080"))).isFalse();
    assertThat(access.takesToken()).isFalse();
  }

  @Test
  void a_foreign_name_for_this_machine_is_not_let_in() {
    Access access = Access.of(Optional.empty(), false, "localhost");

    assertThat(access.admits(caller(true, "evil.example:8080"))).isFalse();
    assertThat(access.admits(caller(true, null))).isFalse();
  }

  @Test
  void without_token_the_network_is_refused_at_start_and_the_keys_are_named() {
    assertThatThrownBy(() -> Access.of(Optional.empty(), false, "0.0.0.0"))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("quarkus.http.host is 0.0.0.0")
        .hasMessageContaining("voxtag.console.token")
        .hasMessageContaining("voxtag.console.oidc")
        .hasMessageContaining("voxtag.console.enabled");
  }

  @Test
  void a_token_lets_in_as_a_header_or_as_the_cookie_of_its_login() {
    // given
    Access access = Access.of(Optional.of(TOKEN), false, "0.0.0.0");
    String session = access.login(TOKEN).orElseThrow();

    // then
    assertThat(access.admits(new Caller(false, false, "x", "Bearer " + TOKEN, null, false)))
        .isTrue();
    assertThat(access.admits(new Caller(false, false, "x", null, session, false))).isTrue();
    assertThat(session).doesNotContain(TOKEN);
    assertThat(access.login(TOKEN + "x")).isEmpty();
    assertThat(access.admits(new Caller(true, false, "localhost", null, null, true))).isFalse();
    assertThat(access.admits(new Caller(true, false, "localhost", "Bearer ", "", false))).isFalse();
    assertThat(access.admits(new Caller(true, false, "localhost", null, TOKEN, false))).isFalse();
  }

  @Test
  void a_short_token_and_two_ways_in_are_refused() {
    assertThatThrownBy(() -> Access.of(Optional.of("short"), false, "localhost"))
        .hasMessageContaining("voxtag.console.token has 5 characters");
    assertThatThrownBy(() -> Access.of(Optional.of(TOKEN), true, "localhost"))
        .hasMessageContaining("voxtag.console.oidc");
  }

  @Test
  void with_a_provider_only_whom_it_knows_is_let_in() {
    Access access = Access.of(Optional.empty(), true, "0.0.0.0");

    assertThat(access.admits(new Caller(false, false, "x", null, null, true))).isTrue();
    assertThat(access.admits(new Caller(true, false, "localhost", null, null, false))).isFalse();
  }

  @Test
  void guesses_are_counted_by_the_minute() {
    Instant[] now = {Instant.EPOCH};
    LoginAttempts attempts = new LoginAttempts(2, () -> now[0]);

    attempts.failed();
    assertThat(attempts.mayTry()).isTrue();
    attempts.failed();
    assertThat(attempts.mayTry()).isFalse();
    now[0] = Instant.EPOCH.plusSeconds(61);
    assertThat(attempts.mayTry()).isTrue();
  }

  @Test
  void whatAProxyPassesOnIsNotFromThisMachine() {
    Access access = Access.of(Optional.empty(), false, "127.0.0.1");

    assertThat(access.admits(new Caller(true, true, "localhost", null, null, false))).isFalse();
  }
}
