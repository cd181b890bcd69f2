package io.voxtag.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Linear 16-bit little-endian samples, the raw coding of live chunks. Thread-safe. */
public final class Pcm16 {

  private Pcm16() {}

  /**
   * Decodes what remains in {@code bytes}, two bytes a sample, without moving its position.
   *
   * @throws IllegalArgumentException if the number of bytes is odd
   */
  public static float[] decode(ByteBuffer bytes) {
    if (bytes.remaining() % 2 != 0) {
      throw new IllegalArgumentException(
          bytes.remaining() + " bytes of 16-bit PCM, must be an even number");
    }
    ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[view.remaining() / 2];
    for (int i = 0, from = view.position(); i < samples.length; i++) {
      samples[i] = view.getShort(from + 2 * i) / 32768f;
    }
    return samples;
  }

  /** Encodes floats of full scale -1 to 1; what exceeds it is clipped, NaN becomes 0. */
  public static byte[] encode(float[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putShort(quantise(sample));
    }
    return bytes.array();
  }

  /** The nearest 16-bit value, clipped at full scale. */
  public static short quantise(float sample) {
    return (short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768f)));
  }
}
