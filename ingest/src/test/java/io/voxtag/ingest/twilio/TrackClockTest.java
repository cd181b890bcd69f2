package io.voxtag.ingest.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.ingest.leg.RefusedStreamException;
import io.voxtag.ingest.twilio.TwilioMessage.Media;
import org.junit.jupiter.api.Test;

class TrackClockTest {

  private final TrackClock clock = new TrackClock();

  @Test
  void the_clock_begins_with_the_stream() throws RefusedStreamException {
    assertThat(clock.place(media(1, 60))).isEqualTo(480);
    assertThat(clock.place(media(2, 80))).isEqualTo(640);
  }

  @Test
  void jitter_of_timestamps_makes_no_gaps() throws RefusedStreamException {
    assertThat(clock.place(media(1, 0))).isEqualTo(0);
    assertThat(clock.place(media(2, 27))).isEqualTo(160);
    assertThat(clock.place(media(3, 33))).isEqualTo(320);
    assertThat(clock.place(media(4, 60))).isEqualTo(480);
  }

  @Test
  void a_missing_message_is_a_gap_of_what_its_successor_says() throws RefusedStreamException {
    assertThat(clock.place(media(1, 0))).isEqualTo(0);
    assertThat(clock.place(media(3, 40))).isEqualTo(320);
    assertThat(clock.place(media(4, 60))).isEqualTo(480);
  }

  @Test
  void a_jump_of_the_timestamp_is_a_gap_though_no_message_is_missing()
      throws RefusedStreamException {
    assertThat(clock.place(media(1, 0))).isEqualTo(0);
    assertThat(clock.place(media(2, 1000))).isEqualTo(8000);
  }

  @Test
  void the_clock_never_goes_back() throws RefusedStreamException {
    assertThat(clock.place(media(1, 1000))).isEqualTo(8000);
    assertThat(clock.place(media(2, 10))).isEqualTo(8160);
  }

  @Test
  void a_chunk_number_that_was_there_is_a_repeat() throws RefusedStreamException {
    clock.place(media(4, 0));

    assertThat(clock.isRepeat(media(4, 20))).isTrue();
    assertThat(clock.isRepeat(media(3, 20))).isTrue();
    assertThat(clock.isRepeat(media(5, 20))).isFalse();
  }

  @Test
  void a_gap_of_more_than_an_hour_is_refused() throws RefusedStreamException {
    clock.place(media(1, 0));

    assertThatThrownBy(() -> clock.place(media(2, 3_600_021)))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessage("media.timestamp is 3600021 after 20; a gap must be at most 3600000 ms");
  }

  private static Media media(long chunk, long timestamp) {
    return new Media(1, "MZ0", Track.INBOUND, chunk, timestamp, new byte[160]);
  }
}
