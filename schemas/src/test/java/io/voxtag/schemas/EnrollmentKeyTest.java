package io.voxtag.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrollmentKeyTest {

  @ParameterizedTest
  @CsvSource({
    "alice, u1, alice/u1",
    "a/b, c, a%2Fb/c",
    "a, b/c, a/b%2Fc",
    "50%, %2F, 50%25/%252F",
    "Zoë, 早, Zoë/早"
  })
  void aKeyComesBackAsItWas(String speaker, String utterance, String encoded) {
    // given
    EnrollmentKey key = new EnrollmentKey(speaker, utterance);

    // then
    assertThat(key.encode()).isEqualTo(encoded);
    assertThat(EnrollmentKey.parse(encoded)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "alice", "alice/", "/u1", "a/b/c", "a%/b", "a%2f/b", "a%41/b", "a\n/b"})
  void aKeyOfAnotherFormIsRefused(String key) {
    assertThatThrownBy(() -> EnrollmentKey.parse(key)).isInstanceOf(KeyFormatException.class);
  }

  @Test
  void theRefusalShowsTheKeyAndTheForm() {
    assertThatThrownBy(() -> EnrollmentKey.parse("alice"))
        .hasMessage("Key \"alice\" is not of the form speakerId/utteranceId");
  }

  @Test
  void anIdMayHave128CharactersAndNoMore() {
    assertThat(new EnrollmentKey("s".repeat(128), "u").encode()).hasSize(130);
    assertThatThrownBy(() -> new EnrollmentKey("s".repeat(129), "u"))
        .isInstanceOf(KeyFormatException.class)
        .hasMessageContaining("speakerId")
        .hasMessageContaining("129");
  }

  @Test
  void charactersThatUtf8CannotCarryAreRefused() {
    assertThatThrownBy(() -> new EnrollmentKey("a", "b\ud800"))
        .isInstanceOf(KeyFormatException.class)
        .hasMessageContaining("utteranceId")
        .hasMessageContaining("U+D800");
  }

  @Test
  void anEmbeddingKeyAddsTheModelVersion() {
    // given
    EnrollmentKey enrollment = new EnrollmentKey("alice", "u/1");

    // when
    EnrollmentEmbeddingKey key = EnrollmentEmbeddingKey.of(enrollment, "starter-1");

    // then
    assertThat(key.encode()).isEqualTo("alice/u%2F1/starter-1");
    assertThat(EnrollmentEmbeddingKey.parse(key.encode())).isEqualTo(key);
    assertThat(key.enrollment()).isEqualTo(enrollment);
    assertThatThrownBy(() -> EnrollmentEmbeddingKey.parse("alice/u1"))
        .isInstanceOf(KeyFormatException.class)
        .hasMessageContaining("speakerId/utteranceId/modelVersion");
  }
}
