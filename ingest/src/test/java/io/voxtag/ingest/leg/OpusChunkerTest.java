package io.voxtag.ingest.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusChunkerTest {

  // Configurations and frame counts from tables 2 and 3 of RFC 6716, at 16 kHz.
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 160", // SILK, 10 ms, one frame
    "1, 0, 0, 320", // SILK, 20 ms
    "3, 0, 0, 960", // SILK, 60 ms
    "11, 1, 0, 1920", // SILK wideband, two frames of 60 ms: the longest packet
    "13, 0, 0, 320", // hybrid, 20 ms
    "16, 0, 0, 40", // CELT, 2.5 ms
    "31, 2, 0, 640", // CELT, two frames of 20 ms
    "31, 3, 5, 1600", // CELT, five frames of 20 ms
  })
  void the_length_of_a_packet_is_read_from_its_head(int config, int code, int frames, int samples)
      throws RefusedStreamException {
    byte[] packet = {(byte) (config << 3 | code), (byte) frames, 0};

    assertThat(new OpusChunker(16_000).samples(packet)).isEqualTo(samples);
  }

  @Test
  void each_packet_is_a_chunk() throws RefusedStreamException {
    // given
    List<Piece> pieces = new ArrayList<>();
    OpusChunker chunker = new OpusChunker(48_000);

    // when
    chunker.add(new byte[] {(byte) 0xf8, 1, 2}, 960, pieces::add);

    // then
    assertThat(pieces).hasSize(1);
    assertThat(pieces.get(0).startSample()).isEqualTo(960);
    assertThat(pieces.get(0).samples()).isEqualTo(960);
    assertThat(chunker.rest()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 3", "0, 3, 0", "31, 3, 49"})
  void packets_that_are_empty_or_too_long_are_refused(int config, int code, int frames) {
    byte[] packet = {(byte) (config << 3 | code), (byte) frames};

    assertThatThrownBy(() -> new OpusChunker(16_000).samples(packet))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageContaining("2.5 to 120 ms");
  }

  @Test
  void a_packet_cut_off_after_its_first_byte_is_refused() {
    assertThatThrownBy(() -> new OpusChunker(16_000).samples(new byte[] {3}))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessageContaining("truncated");
  }
}
