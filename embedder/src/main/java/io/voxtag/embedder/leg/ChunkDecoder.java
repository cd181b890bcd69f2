package io.voxtag.embedder.leg;

import io.voxtag.audio.G711;
import io.voxtag.audio.Pcm16;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import java.util.Arrays;

/** From the payloads of a leg, in order, to samples. */
final class ChunkDecoder {

  private final OpusStretches opus;

  ChunkDecoder(int rate) {
    this.opus = new OpusStretches(rate);
  }

  /**
   * How many samples a chunk holds.
   *
   * @throws ChunkRejectedException if its payload cannot be what it says
   */
  static int samples(AudioChunk chunk) throws ChunkRejectedException {
    int bytes = chunk.getPayload().remaining();
    if (bytes == 0) {
      if (chunk.getLast()) {
        return 0;
      }
      throw new ChunkRejectedException("no audio in a chunk that is not the last of its leg");
    }
    return switch (chunk.getEncoding()) {
      case MULAW, ALAW -> bytes;
      case PCM_S16LE -> {
        if (bytes % 2 != 0) {
          throw new ChunkRejectedException(
              "%d bytes of 16-bit PCM, must be an even number".formatted(bytes));
        }
        yield bytes / 2;
      }
      case OPUS -> {
        if (!OpusPackets.RATES.contains(chunk.getSampleRate())) {
          throw new ChunkRejectedException(
              "Opus at %d Hz, must be 8000, 12000, 16000, 24000 or 48000"
                  .formatted(chunk.getSampleRate()));
        }
        yield OpusPackets.samples(chunk.getPayload(), chunk.getSampleRate());
      }
    };
  }

  /**
   * The samples of the next chunk, as many as {@link #samples} said.
   *
   * @throws ChunkRejectedException if it is damaged
   */
  float[] decode(PlacedChunk chunk) throws ChunkRejectedException {
    if (chunk.samples() == 0) {
      return new float[0];
    }
    AudioEncoding encoding = chunk.encoding();
    float[] samples =
        switch (encoding) {
          case MULAW -> G711.MU_LAW.decode(chunk.payload());
          case ALAW -> G711.A_LAW.decode(chunk.payload());
          case PCM_S16LE -> Pcm16.decode(chunk.payload());
          case OPUS -> opus.decode(chunk);
        };
    return samples.length == chunk.samples() ? samples : Arrays.copyOf(samples, chunk.samples());
  }
}
