package io.voxtag.audio.opus;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;

/** Encodes mono speech into Opus packets of 20 ms. Not thread-safe. */
public final class PacketEncoder {

  private static final int MAX_PACKET = 1275;
  private static final int BEST = 10;

  private final OpusEncoder encoder;
  private final int frame;
  private final int rate;
  private final byte[] packet = new byte[MAX_PACKET];

  /**
   * @param rate Hz, one of {@link PacketDecoder#RATES}
   * @param bitRate bits a second, 6000 to 510000
   */
  public PacketEncoder(int rate, int bitRate) {
    this(rate, bitRate, BEST);
  }

  /**
   * @param rate Hz, one of {@link PacketDecoder#RATES}
   * @param bitRate bits a second, 6000 to 510000
   * @param complexity from 0, fast, to 10, good
   */
  public PacketEncoder(int rate, int bitRate, int complexity) {
    if (bitRate < 6_000 || bitRate > 510_000) {
      throw new IllegalArgumentException(
          "%d bits a second, must be from 6000 to 510000".formatted(bitRate));
    }
    if (complexity < 0 || complexity > BEST) {
      throw new IllegalArgumentException(
          "complexity %d, must be from 0 to %d".formatted(complexity, BEST));
    }
    this.rate = rate;
    this.frame = rate / 50;
    try {
      this.encoder = new OpusEncoder(rate, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus encoder for %d Hz".formatted(rate), e);
    }
    encoder.setBitrate(bitRate);
    encoder.setComplexity(complexity);
  }

  /** Samples of a packet: 20 ms. */
  public int frame() {
    return frame;
  }

  /** Samples at 48 kHz by which decoded sound is late. */
  public int lookahead48k() {
    return encoder.getLookahead() * (48_000 / rate);
  }

  /** Encodes the {@link #frame()} samples from {@code offset}. */
  public byte[] encode(short[] samples, int offset) {
    try {
      int length = encoder.encode(samples, offset, frame, packet, 0, packet.length);
      return Arrays.copyOf(packet, length);
    } catch (OpusException e) {
      throw new IllegalStateException("Opus encoding failed", e);
    }
  }
}
