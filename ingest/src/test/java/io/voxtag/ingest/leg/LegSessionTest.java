package io.voxtag.ingest.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LegSessionTest {

  private static final LegId LEG = new LegId("call-1", 3);
  private static final LegFormat FORMAT = new LegFormat(AudioEncoding.PCM_S16LE, 8000);
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  private final RecordingSink sink = new RecordingSink();
  private final OutstandingBytes outstanding = new OutstandingBytes(1 << 20);
  private final OutstandingBytes.Account account = outstanding.open(1 << 20);
  private final LiveLegs legs =
      new LiveLegs(sink, Duration.ofMillis(100), InstantSource.fixed(NOW.plusNanos(4567)));

  @Test
  void chunks_are_numbered_and_say_where_they_are_on_the_clock_of_the_leg()
      throws RefusedStreamException {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);

    // when
    leg.accept(new byte[3200]);
    leg.acceptAt(4000, new byte[1600]);

    // then
    assertThat(sink.chunks()).extracting(AudioChunk::getSequence).containsExactly(0L, 1L, 2L);
    assertThat(sink.chunks())
        .extracting(AudioChunk::getStartSample)
        .containsExactly(0L, 800L, 4000L);
    assertThat(sink.chunks())
        .allSatisfy(
            chunk -> {
              assertThat(chunk.getCallId()).isEqualTo("call-1");
              assertThat(chunk.getChannel()).isEqualTo(3);
              assertThat(chunk.getStreamId()).isEqualTo("run-1");
              assertThat(chunk.getSampleRate()).isEqualTo(8000);
              assertThat(chunk.getEncoding()).isEqualTo(AudioEncoding.PCM_S16LE);
              assertThat(chunk.getCapturedAt()).isEqualTo(NOW);
              assertThat(chunk.getLast()).isFalse();
            });
    assertThat(leg.position()).isEqualTo(4800);
  }

  @Test
  void the_end_flushes_what_is_left_in_a_last_chunk() throws RefusedStreamException {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);
    leg.accept(new byte[1700]);

    // when
    leg.end();
    leg.end();

    // then
    assertThat(sink.chunks()).hasSize(2);
    AudioChunk last = sink.chunks().get(1);
    assertThat(last.getLast()).isTrue();
    assertThat(last.getStartSample()).isEqualTo(800);
    assertThat(last.getPayload().remaining()).isEqualTo(100);
  }

  @Test
  void where_nothing_is_left_the_last_chunk_is_empty_and_stands_at_the_end()
      throws RefusedStreamException {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);
    leg.accept(new byte[1600]);

    // when
    leg.end();

    // then
    AudioChunk last = sink.chunks().get(1);
    assertThat(last.getLast()).isTrue();
    assertThat(last.getStartSample()).isEqualTo(800);
    assertThat(last.getPayload().remaining()).isZero();
  }

  @Test
  void a_leg_without_audio_leaves_no_chunk() {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);

    // when
    leg.end();

    // then
    assertThat(sink.chunks()).isEmpty();
    assertThat(leg.finished()).isCompletedWithValue(new LegTotals(0, 0));
  }

  @Test
  void a_leg_is_finished_only_when_all_its_chunks_are_stored() throws RefusedStreamException {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);
    leg.accept(new byte[3200]);
    sink.acknowledgeAll();

    // when
    leg.end();

    // then
    assertThat(leg.finished().toCompletableFuture()).isNotDone();
    assertThat(outstanding.total()).isPositive();

    // when
    sink.acknowledgeAll();

    // then
    assertThat(leg.finished()).isCompletedWithValue(new LegTotals(1600, 3));
    assertThat(outstanding.total()).isZero();
  }

  @Test
  void a_chunk_that_is_not_stored_fails_the_leg_at_once() throws RefusedStreamException {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);
    leg.accept(new byte[1600]);

    // when
    sink.failNext(new IOException("no broker"));

    // then
    assertThat(leg.finished().toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(UndeliveredAudioException.class)
        .withMessage("Kafka did not take chunk 0 of call call-1 channel 3: no broker");
    assertThat(outstanding.total()).isZero();
  }

  @Test
  void a_newer_stream_of_the_same_leg_ends_the_older_one_first() throws RefusedStreamException {
    // given
    LegSession older = legs.open(LEG, "run-1", FORMAT, account);
    older.accept(new byte[100]);

    // when
    LegSession newer = legs.open(LEG, "run-2", FORMAT, account);
    newer.accept(new byte[1600]);

    // then
    assertThat(sink.chunks()).extracting(AudioChunk::getStreamId).containsExactly("run-1", "run-2");
    assertThat(sink.chunks()).extracting(AudioChunk::getLast).containsExactly(true, false);
    assertThat(sink.chunks().get(1).getSequence()).isZero();
    assertThat(older.finished().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ReplacedLegException.class);
    assertThatThrownBy(() -> older.accept(new byte[2])).isInstanceOf(RefusedStreamException.class);
  }

  @Test
  void audio_after_the_end_is_refused() {
    // given
    LegSession leg = legs.open(LEG, "run-1", FORMAT, account);

    // when
    leg.end();

    // then
    assertThatThrownBy(() -> leg.accept(new byte[2]))
        .isInstanceOf(RefusedStreamException.class)
        .hasMessage("audio after the end of the leg");
  }
}
