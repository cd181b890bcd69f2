package io.voxtag.ingest.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.ingest.leg.Closing;
import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Connected;
import io.voxtag.ingest.twilio.TwilioMessage.Media;
import io.voxtag.ingest.twilio.TwilioMessage.Other;
import io.voxtag.ingest.twilio.TwilioMessage.Start;
import io.voxtag.ingest.twilio.TwilioMessage.Stop;
import io.voxtag.ingest.twilio.TwilioMessage.Unnumbered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioMessagesTest {

  private static final byte[] AUDIO = {1, 2, -3};

  @Test
  void the_messages_of_a_stream_are_read() throws RefusedStreamException {
    assertThat(TwilioMessages.parse(Twilio.CONNECTED)).isEqualTo(new Connected());
    assertThat(TwilioMessages.parse(Twilio.start("MZ7", "CA7")))
        .isEqualTo(new Start(1, "MZ7", "CA7", null));
    assertThat(TwilioMessages.parse(Twilio.mark("MZ7", 9))).isEqualTo(new Other(9, "MZ7"));
    assertThat(TwilioMessages.parse(Twilio.stop("MZ7", 10))).isEqualTo(new Stop(10, "MZ7"));
    assertThat(TwilioMessages.parse(Twilio.media("MZ7", 4_294_967_295L, "outbound", 3, 60, AUDIO)))
        .isInstanceOfSatisfying(
            Media.class,
            media -> {
              assertThat(media.sequence()).isEqualTo(-1);
              assertThat(media.track()).isEqualTo(Track.OUTBOUND);
              assertThat(media.chunk()).isEqualTo(3);
              assertThat(media.timestampMs()).isEqualTo(60);
              assertThat(media.payload()).isEqualTo(AUDIO);
            });
  }

  @Test
  void events_that_are_not_known_yet_are_no_error() throws RefusedStreamException {
    assertThat(
            TwilioMessages.parse(
                "{\"event\":\"dtmf\",\"sequenceNumber\":\"5\",\"streamSid\":\"M\"}"))
        .isEqualTo(new Other(5, "M"));
    assertThat(TwilioMessages.parse("{\"event\":\"weather\"}")).isEqualTo(new Unnumbered());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "nonsense",
        "{",
        "{\"event\":7}",
        "{\"event\":\"stop\"}",
        "{}{}",
        "{\"event\":\"mark\",\"sequenceNumber\":\"-1\",\"streamSid\":\"M\"}",
        "{\"event\":\"mark\",\"sequenceNumber\":\"4294967296\",\"streamSid\":\"M\"}",
        "{\"event\":\"mark\",\"sequenceNumber\":\"1e3\",\"streamSid\":\"M\"}",
        "{\"event\":\"mark\",\"sequenceNumber\":\"1\"}",
      })
  void what_is_no_message_is_malformed(String text) {
    assertThatThrownBy(() -> TwilioMessages.parse(text))
        .isInstanceOfSatisfying(
            RefusedStreamException.class,
            e -> assertThat(e.closing()).isEqualTo(Closing.MALFORMED));
  }

  @Test
  void deeply_nested_text_is_malformed() {
    String deep = "{\"event\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

    assertThatThrownBy(() -> TwilioMessages.parse(deep)).isInstanceOf(RefusedStreamException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "inbound, sideways, media.track",
    "AQL9, A*==, media.payload",
    "'\"timestamp\":\"60\"', '\"timestamp\":\"later\"', media.timestamp",
    "'\"chunk\":\"3\"', '\"chunk\":\"\"', media.chunk",
    "'\"chunk\":\"3\"', '\"other\":\"3\"', media.chunk",
  })
  void a_media_message_with_a_wrong_value_is_refused_by_its_name(
      String right, String wrong, String named) {
    // given
    String message = Twilio.media("MZ7", 2, "inbound", 3, 60, AUDIO);
    assertThat(message).contains(right);

    // then
    assertThatThrownBy(() -> TwilioMessages.parse(message.replace(right, wrong)))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageStartingWith(named);
  }

  @ParameterizedTest
  @CsvSource({
    "audio/x-mulaw, audio/opus, encoding",
    "8000, 16000, sampleRate",
    "'\"channels\":1', '\"channels\":2', channels",
  })
  void audio_of_another_format_is_unsupported(String right, String wrong, String named) {
    assertThatThrownBy(() -> TwilioMessages.parse(Twilio.start("MZ7", "CA7").replace(right, wrong)))
        .isInstanceOfSatisfying(
            RefusedStreamException.class,
            e -> assertThat(e.closing()).isEqualTo(Closing.UNSUPPORTED))
        .hasMessageStartingWith("start.mediaFormat." + named);
  }
}
