package io.voxtag.ingest.leg;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cuts samples of a fixed size into chunks of a fixed length; before a gap a chunk is shorter. */
final class ChunkCutter implements Chunker {

  private final int sampleBytes;
  private final byte[] chunk;
  private int filled;
  private long start;

  ChunkCutter(int sampleBytes, int chunkSamples) {
    this.sampleBytes = sampleBytes;
    this.chunk = new byte[Math.multiplyExact(sampleBytes, chunkSamples)];
  }

  @Override
  public long samples(byte[] audio) throws RefusedStreamException {
    if (audio.length % sampleBytes != 0) {
      throw new RefusedStreamException(
          Closing.MALFORMED,
          "message of %d bytes; pcm_s16le has 2 bytes a sample".formatted(audio.length));
    }
    return audio.length / sampleBytes;
  }

  @Override
  public void add(byte[] audio, long startSample, Consumer<Piece> out) {
    if (filled > 0 && startSample != start + filled / sampleBytes) {
      out.accept(take());
    }
    if (filled == 0) {
      start = startSample;
    }
    for (int from = 0; from < audio.length; ) {
      int count = Math.min(audio.length - from, chunk.length - filled);
      System.arraycopy(audio, from, chunk, filled, count);
      from += count;
      filled += count;
      if (filled == chunk.length) {
        out.accept(take());
      }
    }
  }

  @Override
  public @Nullable Piece rest() {
    return filled == 0 ? null : take();
  }

  private Piece take() {
    int samples = filled / sampleBytes;
    Piece piece = new Piece(start, samples, ByteBuffer.wrap(Arrays.copyOf(chunk, filled)));
    start += samples;
    filled = 0;
    return piece;
  }
}
