package io.voxtag.ingest.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkCutterTest {

  private final List<Piece> pieces = new ArrayList<>();

  @Test
  void messages_of_any_size_become_chunks_of_one_size_with_the_same_bytes() {
    // given
    ChunkCutter cutter = new ChunkCutter(2, 800);
    byte[] audio = new byte[20_000];
    Random random = new Random(7);
    random.nextBytes(audio);

    // when
    for (int from = 0; from < audio.length; ) {
      int size = Math.min(audio.length - from, 2 * (1 + random.nextInt(1500)));
      cutter.add(Arrays.copyOfRange(audio, from, from + size), from / 2, pieces::add);
      from += size;
    }
    Piece rest = cutter.rest();

    // then
    assertThat(pieces).hasSize(12).allSatisfy(piece -> assertThat(piece.samples()).isEqualTo(800));
    assertThat(pieces).extracting(Piece::startSample).startsWith(0L, 800L, 1600L);
    assertThat(rest).isNotNull();
    pieces.add(rest);
    assertThat(rest.startSample()).isEqualTo(9600);
    assertThat(rest.samples()).isEqualTo(400);
    assertThat(bytes()).isEqualTo(audio);
  }

  @Test
  void before_a_gap_a_chunk_ends_early_and_the_next_begins_behind_it() {
    // given
    ChunkCutter cutter = new ChunkCutter(1, 160);

    // when
    cutter.add(new byte[100], 0, pieces::add);
    cutter.add(new byte[160], 500, pieces::add);

    // then
    assertThat(pieces).extracting(Piece::startSample).containsExactly(0L, 500L);
    assertThat(pieces).extracting(Piece::samples).containsExactly(100L, 160L);
    assertThat(cutter.rest()).isNull();
  }

  @Test
  void after_a_whole_chunk_a_gap_makes_no_empty_one() {
    // given
    ChunkCutter cutter = new ChunkCutter(1, 160);

    // when
    cutter.add(new byte[160], 0, pieces::add);
    cutter.add(new byte[160], 1000, pieces::add);

    // then
    assertThat(pieces).extracting(Piece::startSample).containsExactly(0L, 1000L);
  }

  @Test
  void half_a_sample_is_refused_and_the_message_says_what_would_be_right() {
    assertThatThrownBy(() -> new ChunkCutter(2, 800).samples(new byte[321]))
        .isInstanceOfSatisfying(
            RefusedStreamException.class, e -> assertThat(e.closing()).isEqualTo(Closing.MALFORMED))
        .hasMessage("message of 321 bytes; pcm_s16le has 2 bytes a sample");
  }

  private byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(piece -> all.writeBytes(piece.payload().array()));
    return all.toByteArray();
  }
}
