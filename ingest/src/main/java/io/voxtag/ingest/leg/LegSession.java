package io.voxtag.ingest.leg;

import io.voxtag.schemas.event.AudioChunk;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One run of a leg: turns audio as it arrives into numbered chunks on the clock of the leg.
 * Whatever happens to its connection, {@link #end()} flushes what was received. Thread-safe.
 */
public final class LegSession {

  // A chunk costs more memory than its payload: the record, its ids, the producer's bookkeeping.
  private static final int CHUNK_OVERHEAD_BYTES = 256;

  private final LegId leg;
  private final String streamId;
  private final LegFormat format;
  private final Chunker chunker;
  private final ChunkSink sink;
  private final OutstandingBytes.Account account;
  private final InstantSource clock;
  private final CompletableFuture<LegTotals> finished = new CompletableFuture<>();

  private long position;
  private long samples;
  private long published;
  private long acknowledged;
  private boolean ended;

  LegSession(
      LegId leg,
      String streamId,
      LegFormat format,
      Chunker chunker,
      ChunkSink sink,
      OutstandingBytes.Account account,
      InstantSource clock) {
    this.leg = leg;
    this.streamId = streamId;
    this.format = format;
    this.chunker = chunker;
    this.sink = sink;
    this.account = account;
    this.clock = clock;
  }

  public LegId leg() {
    return leg;
  }

  /** Where audio without a gap would go on: samples on the clock of the leg. */
  public synchronized long position() {
    return position;
  }

  /**
   * Takes audio that follows what came before.
   *
   * @throws RefusedStreamException if it is no audio of the format, or the leg has ended
   */
  public synchronized void accept(byte[] audio) throws RefusedStreamException {
    acceptAt(position, audio);
  }

  /**
   * Takes audio at a position of the leg's clock, not before {@link #position()}.
   *
   * @throws RefusedStreamException as {@link #accept}
   */
  public synchronized void acceptAt(long startSample, byte[] audio) throws RefusedStreamException {
    if (ended) {
      throw new RefusedStreamException(Closing.REFUSED, "audio after the end of the leg");
    }
    if (startSample < position) {
      throw new IllegalArgumentException(
          "Audio at sample " + startSample + ", must be " + position + " or later");
    }
    long count = chunker.samples(audio);
    if (count == 0) {
      return;
    }
    position = startSample + count;
    samples += count;
    Instant now = now();
    chunker.add(audio, startSample, piece -> publish(piece, now, false));
  }

  /** Flushes what is left and marks the leg as over. Further calls do nothing. */
  public synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    Piece rest = chunker.rest();
    if (rest != null || published > 0) {
      publish(rest != null ? rest : new Piece(position, 0, ByteBuffer.allocate(0)), now(), true);
    } else {
      finished.complete(new LegTotals(0, 0));
    }
  }

  void replace() {
    finished.completeExceptionally(new ReplacedLegException(leg));
    end();
  }

  /**
   * Completes when the leg has ended and all of it is stored; fails with {@link
   * UndeliveredAudioException} as soon as a chunk could not be stored, or with {@link
   * ReplacedLegException}. Completes on any thread.
   */
  public CompletionStage<LegTotals> finished() {
    return finished;
  }

  private void publish(Piece piece, Instant capturedAt, boolean last) {
    long sequence = published++;
    AudioChunk chunk =
        new AudioChunk(
            leg.callId(),
            leg.channel(),
            streamId,
            sequence,
            piece.startSample(),
            format.sampleRate(),
            format.encoding(),
            piece.payload(),
            capturedAt,
            last);
    int bytes = piece.payload().remaining() + CHUNK_OVERHEAD_BYTES;
    account.add(bytes);
    sink.publish(
        chunk,
        piece.samples(),
        failure -> {
          account.remove(bytes);
          completed(sequence, failure);
        });
  }

  private void completed(long sequence, @Nullable Exception failure) {
    if (failure != null) {
      finished.completeExceptionally(new UndeliveredAudioException(leg, sequence, failure));
      return;
    }
    LegTotals totals = null;
    synchronized (this) {
      acknowledged++;
      if (ended && acknowledged == published) {
        totals = new LegTotals(samples, published);
      }
    }
    if (totals != null) {
      finished.complete(totals);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
