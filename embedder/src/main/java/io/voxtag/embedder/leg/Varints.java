package io.voxtag.embedder.leg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Numbers in few characters: 7 bits a byte, least significant first, then Base64 (URL alphabet).
 */
final class Varints {

  /** A closed leg of a checkpoint takes at most about this much, characters. */
  static final int MAX_CLOSED_CHARS = 32;

  private Varints() {}

  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writer put(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
      return this;
    }

    Writer putSigned(long value) {
      return put((value << 1) ^ (value >> 63));
    }

    Writer putFixed(long value) {
      bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
      return this;
    }

    String toBase64() {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }
  }

  /** Throws {@link IllegalArgumentException} where the text ends early or is no Base64. */
  static final class Reader {
    private final ByteBuffer bytes;

    Reader(String base64) {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(base64));
    }

    long get() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        require(1);
        byte next = bytes.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number of more than 64 bits");
    }

    long getSigned() {
      long value = get();
      return (value >>> 1) ^ -(value & 1);
    }

    long getFixed() {
      require(Long.BYTES);
      return bytes.getLong();
    }

    private void require(int count) {
      if (bytes.remaining() < count) {
        throw new IllegalArgumentException("ends early");
      }
    }
  }
}
