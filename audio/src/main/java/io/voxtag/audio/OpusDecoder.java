package io.voxtag.audio;

import io.voxtag.audio.io.DamagedAudioException;
import io.voxtag.audio.opus.PacketDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes the raw Opus packets (RFC 6716, no container) of one leg to mono. Keeps state from packet
 * to packet: one instance a leg, packets in order. Not thread-safe.
 */
public final class OpusDecoder {

  private final PacketDecoder packets;
  private final int sampleRate;

  /**
   * @param sampleRate output rate, Hz: 8000, 12000, 16000, 24000 or 48000
   */
  public OpusDecoder(int sampleRate) {
    this.packets = new PacketDecoder(sampleRate, 1);
    this.sampleRate = sampleRate;
  }

  public int sampleRate() {
    return sampleRate;
  }

  /**
   * The samples of one packet, 2.5 to 120 ms; what remains in {@code packet} is read without moving
   * its position.
   *
   * @throws AudioFormatException if it is no Opus packet; the next one is decoded from a fresh
   *     state
   */
  public float[] decode(ByteBuffer packet) throws AudioFormatException {
    byte[] bytes = new byte[packet.remaining()];
    packet.get(packet.position(), bytes);
    try {
      return Arrays.copyOf(packets.samples()[0], packets.decode(bytes, 0, bytes.length));
    } catch (DamagedAudioException e) {
      throw new AudioFormatException("Opus packet", e.getMessage(), e);
    }
  }

  /**
   * Sound in place of lost packets, continued from the last one and fading out.
   *
   * @param samples length of the gap, a multiple of 2.5 ms, at most 120 ms
   */
  public float[] conceal(int samples) {
    int step = sampleRate / 400;
    if (samples < step || samples % step != 0 || samples > 48 * step) {
      throw new IllegalArgumentException(
          "%d samples to conceal, must be a multiple of %d up to %d"
              .formatted(samples, step, 48 * step));
    }
    try {
      return Arrays.copyOf(packets.samples()[0], packets.conceal(samples));
    } catch (DamagedAudioException e) {
      throw new IllegalStateException("Opus concealment failed", e);
    }
  }
}
