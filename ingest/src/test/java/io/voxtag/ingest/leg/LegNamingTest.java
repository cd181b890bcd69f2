package io.voxtag.ingest.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.event.AudioEncoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegNamingTest {

  @Test
  void a_leg_is_a_call_and_a_channel() throws RefusedStreamException {
    assertThat(LegId.of("Müller 7/✓", "31")).isEqualTo(new LegId("Müller 7/✓", 31));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "line\nbreak", "\ud800", "replaced \ufffd"})
  void a_call_id_must_be_printable(String callId) {
    assertThatThrownBy(() -> LegId.of(callId, "0"))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageStartingWith("callId has");
  }

  @Test
  void a_call_id_must_not_be_longer_than_a_key_may_be() throws RefusedStreamException {
    assertThat(LegId.of("x".repeat(128), "0").callId()).hasSize(128);
    assertThatThrownBy(() -> LegId.of("x".repeat(129), "0"))
        .hasMessage("callId has 129 characters; must have 1 to 128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "32", "1.0", "left", "٣", "999999999999"})
  void a_channel_must_be_0_to_31(String channel) {
    assertThatThrownBy(() -> LegId.of("call", channel))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageEndingWith("must be 0 to 31");
  }

  @ParameterizedTest
  @CsvSource({
    "pcm_s16le, 4000, PCM_S16LE",
    "pcm_s16le, 192000, PCM_S16LE",
    "mulaw, 8000, MULAW",
    "alaw, 8000, ALAW",
    "opus, 48000, OPUS",
    ", 16000, PCM_S16LE",
  })
  void known_formats_are_taken(@Nullable String encoding, String rate, AudioEncoding expected)
      throws RefusedStreamException {
    assertThat(LegFormat.of(encoding, rate))
        .isEqualTo(new LegFormat(expected, Integer.parseInt(rate)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3999", "192001", "0", "-8000", "8e3", "8000.0", "", "9999999999999"})
  void a_rate_must_be_4000_to_192000_hz(String rate) {
    assertThatThrownBy(() -> LegFormat.of("mulaw", rate))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageEndingWith("must be 4000 to 192000 Hz");
  }

  @Test
  void a_rate_must_be_given() {
    assertThatThrownBy(() -> LegFormat.of("mulaw", null))
        .hasMessage("rate is missing; give it as ?rate=8000");
  }

  @Test
  void opus_has_rates_of_its_own() {
    assertThatThrownBy(() -> LegFormat.of("opus", "44100"))
        .hasMessage("rate is 44100; of opus it must be 8000, 12000, 16000, 24000 or 48000");
  }

  @Test
  void an_unknown_encoding_is_unsupported_and_the_known_ones_are_named() {
    assertThatThrownBy(() -> LegFormat.of("mp3", "8000"))
        .isInstanceOfSatisfying(
            RefusedStreamException.class,
            e -> assertThat(e.closing()).isEqualTo(Closing.UNSUPPORTED))
        .hasMessage("encoding is \"mp3\"; must be one of [alaw, mulaw, opus, pcm_s16le]");
  }
}
