package io.voxtag.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.ingest.IngestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {

  private static final String PREFIX = "voxtag.ingest.access.";
  private static final String TOKEN = "a-token-of-an-exchange";
  private static final String OTHER = "a-token-of-another-one";
  private static final Caller NOBODY = new Caller(null, false, null);

  @TempDir Path folder;

  @Test
  void withoutProofsProgramsOnTheSameMachineAreTaken() {
    assertThat(access("127.0.0.1", Map.of()).admits(NOBODY)).isTrue();
    assertThat(access("localhost", Map.of()).admits(NOBODY)).isTrue();
  }

  @Test
  void withoutProofsTheNetworkIsNotListenedTo() {
    assertThatThrownBy(() -> access("0.0.0.0", Map.of()))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("quarkus.http.host is 0.0.0.0")
        .hasMessageContaining("voxtag.ingest.access.tokens");
  }

  @Test
  void itIsOpenWhereThatIsSaid() {
    assertThat(access("0.0.0.0", Map.of(PREFIX + "open", "true")).admits(NOBODY)).isTrue();
    assertThatThrownBy(
            () -> access("0.0.0.0", Map.of(PREFIX + "open", "true", PREFIX + "tokens", TOKEN)))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("voxtag.ingest.access.open is true");
  }

  @Test
  void whoeverBearsOneOfTheTokensIsTaken() {
    Access access = access("0.0.0.0", Map.of(PREFIX + "tokens", TOKEN + "," + OTHER));

    assertThat(access.admits(bearing("Bearer " + TOKEN))).isTrue();
    assertThat(access.admits(bearing("bearer " + OTHER))).isTrue();
    assertThat(access.admits(bearing("Bearer " + TOKEN + "x"))).isFalse();
    assertThat(access.admits(bearing("Basic " + TOKEN))).isFalse();
    assertThat(access.admits(bearing("Bearer"))).isFalse();
    assertThat(access.admits(bearing(null))).isFalse();
    assertThat(access.admits(new Caller(null, true, null))).isFalse();
    assertThat(access("127.0.0.1", Map.of(PREFIX + "tokens", TOKEN)).admits(NOBODY)).isFalse();
  }

  @Test
  void tokensLieInAFile() throws IOException {
    Path file = folder.resolve("tokens");
    Files.writeString(file, "# the exchange\n" + TOKEN + "\n\n" + OTHER + " \n");
    Access access = access("0.0.0.0", Map.of(PREFIX + "tokens-file", file.toString()));

    assertThat(access.isToken(TOKEN)).isTrue();
    assertThat(access.isToken(OTHER)).isTrue();
    assertThat(access.isToken("# the exchange")).isFalse();
    assertThat(access.takesTokens()).isTrue();
  }

  @Test
  void aFileThatIsNotThereOrEmptyEndsTheStart() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(
            () -> access("127.0.0.1", Map.of(PREFIX + "tokens-file", missing.toString())))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("tokens-file")
        .hasMessageContaining(missing.toString());
    Path empty = Files.writeString(folder.resolve("empty"), "# nothing\n");
    assertThatThrownBy(() -> access("127.0.0.1", Map.of(PREFIX + "tokens-file", empty.toString())))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("has no token");
  }

  @Test
  void aTokenThatCanBeGuessedIsRefused() {
    assertThatThrownBy(() -> access("0.0.0.0", Map.of(PREFIX + "tokens", "secret")))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("6 characters")
        .hasMessageContaining("at least 16");
  }

  @Test
  void aCertificateLetsInWhereItIsAskedFor() {
    Access access = access("0.0.0.0", Map.of(PREFIX + "client-certificates", "true"));

    assertThat(access.admits(new Caller(null, true, null))).isTrue();
    assertThat(access.admits(NOBODY)).isFalse();
    assertThat(access.takesTokens()).isFalse();
  }

  @Test
  void twiliosSignatureOfTheAddressLetsIn() {
    Access access =
        access(
            "0.0.0.0",
            Map.of(
                PREFIX + "twilio.auth-token",
                "12345",
                PREFIX + "twilio.url",
                "wss://calls.example/v1/twilio"));

    // openssl dgst -sha1 -hmac 12345 -binary | openssl base64
    assertThat(access.admits(new Caller(null, false, "Yi+qKlPSpFt+yirSkCQ8aEaUawM="))).isTrue();
    assertThat(access.admits(new Caller(null, false, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="))).isFalse();
    assertThat(access.admits(NOBODY)).isFalse();
  }

  @Test
  void halfOfTwiliosKeysIsRefused() {
    assertThatThrownBy(() -> access("127.0.0.1", Map.of(PREFIX + "twilio.auth-token", "12345")))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("needs both");
  }

  @Test
  void pagesOfBrowsersAreTakenWhereTheyAreNamed() {
    Access access = access("127.0.0.1", Map.of(PREFIX + "origins", "https://desk.example"));

    assertThat(access.allowsOrigin(null)).isTrue();
    assertThat(access.allowsOrigin("https://desk.example")).isTrue();
    assertThat(access.allowsOrigin("https://evil.example")).isFalse();
    assertThat(access("127.0.0.1", Map.of()).allowsOrigin("null")).isFalse();
  }

  private static Caller bearing(@Nullable String authorization) {
    return new Caller(authorization, false, null);
  }

  private static Access access(String host, Map<String, String> values) {
    IngestSettings settings =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(values, "test", 100))
            .withMapping(IngestSettings.class)
            .build()
            .getConfigMapping(IngestSettings.class);
    return Access.of(settings.access(), host);
  }
}
