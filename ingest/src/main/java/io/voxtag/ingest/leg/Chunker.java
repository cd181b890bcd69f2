package io.voxtag.ingest.leg;

import io.voxtag.schemas.event.AudioEncoding;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes chunks of what arrives, in messages of any size. Not thread-safe. */
sealed interface Chunker permits ChunkCutter, OpusChunker {

  static Chunker of(LegFormat format, Duration chunk) {
    if (format.encoding() == AudioEncoding.OPUS) {
      return new OpusChunker(format.sampleRate());
    }
    long samples = Math.max(1, format.sampleRate() * chunk.toMillis() / 1000);
    return new ChunkCutter(format.sampleBytes(), Math.toIntExact(samples));
  }

  /**
   * Samples in a message.
   *
   * @throws RefusedStreamException if the message is no whole number of them
   */
  long samples(byte[] audio) throws RefusedStreamException;

  /** Takes a message whose first sample is at {@code startSample}, which never goes back. */
  void add(byte[] audio, long startSample, Consumer<Piece> out) throws RefusedStreamException;

  /** What is left at the end, shorter than a chunk; null where nothing is. */
  @Nullable Piece rest();
}
