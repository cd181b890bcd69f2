package io.voxtag.ingest.leg;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opus packets, one message and one chunk each, as they cannot be cut. Their length is read from
 * their first bytes (RFC 6716, section 3.1); they are not decoded.
 */
final class OpusChunker implements Chunker {

  // All durations in 400ths of a second: 2.5 ms.
  private static final int TICKS_A_SECOND = 400;
  private static final int MAX_PACKET_TICKS = 48;
  private static final int[] SILK_TICKS = {4, 8, 16, 24};
  private static final int[] HYBRID_TICKS = {4, 8};
  private static final int[] CELT_TICKS = {1, 2, 4, 8};

  private final int sampleRate;

  OpusChunker(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  @Override
  public long samples(byte[] packet) throws RefusedStreamException {
    if (packet.length == 0) {
      return 0;
    }
    int ticks = frames(packet) * frameTicks(packet[0] >> 3 & 0x1f);
    if (ticks < 1 || ticks > MAX_PACKET_TICKS) {
      throw new RefusedStreamException(
          Closing.MALFORMED,
          "opus packet of %.1f ms; must be 2.5 to 120 ms".formatted(ticks * 2.5));
    }
    return (long) ticks * sampleRate / TICKS_A_SECOND;
  }

  @Override
  public void add(byte[] packet, long startSample, Consumer<Piece> out)
      throws RefusedStreamException {
    out.accept(new Piece(startSample, samples(packet), ByteBuffer.wrap(packet)));
  }

  @Override
  public @Nullable Piece rest() {
    return null;
  }

  private static int frameTicks(int config) {
    if (config < 12) {
      return SILK_TICKS[config & 3];
    }
    return config < 16 ? HYBRID_TICKS[config & 1] : CELT_TICKS[config & 3];
  }

  private static int frames(byte[] packet) throws RefusedStreamException {
    int code = packet[0] & 3;
    if (code < 3) {
      return code == 0 ? 1 : 2;
    }
    if (packet.length < 2) {
      throw new RefusedStreamException(
          Closing.MALFORMED, "opus packet of 1 byte lacks its frame count; it is truncated");
    }
    return packet[1] & 0x3f;
  }
}
