package io.voxtag.embedder.leg;

import java.nio.ByteBuffer;
import java.util.Set;

/** What the first two bytes of an Opus packet say (RFC 6716, section 3). */
final class OpusPackets {

  /** Rates that Opus can be decoded to, Hz. */
  static final Set<Integer> RATES = Set.of(8_000, 12_000, 16_000, 24_000, 48_000);

  private static final int MAX_MS = 120;
  private static final int[] SILK_MS = {10, 20, 40, 60};

  private OpusPackets() {}

  /**
   * How many samples a packet holds.
   *
   * @throws ChunkRejectedException if it cannot be an Opus packet
   */
  static int samples(ByteBuffer packet, int rate) throws ChunkRejectedException {
    if (!packet.hasRemaining()) {
      throw new ChunkRejectedException("an Opus packet of 0 bytes");
    }
    int toc = packet.get(packet.position()) & 0xff;
    int frames =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> packet.remaining() < 2 ? 0 : packet.get(packet.position() + 1) & 0x3f;
        };
    int samples = frames * frameSamples(toc >> 3, rate);
    if (frames == 0 || samples > rate / 1000 * MAX_MS) {
      throw new ChunkRejectedException(
          "an Opus packet of %d bytes with %d frames, must hold 2.5 to 120 ms"
              .formatted(packet.remaining(), frames));
    }
    return samples;
  }

  private static int frameSamples(int configuration, int rate) {
    if (configuration < 12) {
      return rate / 1000 * SILK_MS[configuration & 3];
    }
    if (configuration < 16) {
      return rate / 1000 * ((configuration & 1) == 0 ? 10 : 20);
    }
    return (rate / 400) << (configuration & 3);
  }
}
