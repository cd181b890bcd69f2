package io.voxtag.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How records carry vectors: 32-bit IEEE 754 floats, little-endian, one after the other. */
public final class Vectors {

  private Vectors() {}

  /** The bytes of a vector; the buffer is new, at position 0 and backed by an array of its own. */
  public static ByteBuffer encode(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(vector.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.order(ByteOrder.BIG_ENDIAN);
  }

  /**
   * The vector in the remaining bytes. The buffer's position stays as it is.
   *
   * @throws IllegalArgumentException if the remaining bytes are no multiple of 4
   */
  public static float[] decode(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "A vector of " + bytes.remaining() + " bytes; 32-bit floats need a multiple of 4");
    }
    float[] vector = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
