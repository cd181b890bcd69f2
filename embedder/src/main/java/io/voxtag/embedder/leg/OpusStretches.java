package io.voxtag.embedder.leg;

import io.voxtag.audio.AudioFormatException;
import io.voxtag.audio.OpusDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decodes Opus so that the samples of a packet depend on the packets of the last second or so and
 * not on where decoding began: the decoder starts anew at the first packet of each second of the
 * leg's clock, and hears the packets of the {@value #LEAD_MS} ms before it first (RFC 7845 asks for
 * 80 ms).
 */
final class OpusStretches {

  private static final Logger LOG = Logger.getLogger(OpusStretches.class);

  static final int LEAD_MS = 160;

  private final int rate;
  private final ArrayDeque<PlacedChunk> recent = new ArrayDeque<>();
  private @Nullable OpusDecoder decoder;
  private long second = -1;
  private long next = -1;

  OpusStretches(int rate) {
    this.rate = rate;
  }

  /** The first sample that can matter to sample {@code at}. */
  static long reachesBackTo(long at, int rate) {
    return Math.max(0, Math.floorDiv(at, rate) * rate - lead(rate));
  }

  private static long lead(int rate) {
    return (long) rate * LEAD_MS / 1000;
  }

  float[] decode(PlacedChunk chunk) throws ChunkRejectedException {
    if (chunk.start() != next) {
      recent.clear();
      second = -1;
    }
    next = chunk.end();
    if (decoder == null || chunk.start() / rate != second) {
      second = chunk.start() / rate;
      decoder = primed(second * rate - lead(rate));
    }
    while (!recent.isEmpty() && recent.getFirst().start() < chunk.start() - lead(rate)) {
      recent.removeFirst();
    }
    recent.add(chunk);
    return decode(decoder, chunk.payload());
  }

  private OpusDecoder primed(long from) {
    OpusDecoder fresh = new OpusDecoder(rate);
    for (PlacedChunk chunk : recent) {
      if (chunk.start() >= from) {
        warmUp(fresh, chunk);
      }
    }
    return fresh;
  }

  private static void warmUp(OpusDecoder decoder, PlacedChunk chunk) {
    try {
      decode(decoder, chunk.payload());
    } catch (ChunkRejectedException e) {
      LOG.debug("A packet that was refused when its turn came does not warm the decoder up", e);
    }
  }

  private static float[] decode(OpusDecoder decoder, ByteBuffer packet)
      throws ChunkRejectedException {
    try {
      return decoder.decode(packet);
    } catch (AudioFormatException e) {
      throw new ChunkRejectedException(String.valueOf(e.getMessage()), e);
    }
  }
}
