package io.voxtag.audio.flac;

import java.util.Arrays;

/** Writes big-endian bit fields into a growing array. Not thread-safe. */
final class BitWriter {

  private byte[] bytes = new byte[1 << 14];
  private int length;
  private long pending;
  private int pendingBits;

  /** Whole bytes written so far. */
  int length() {
    return length;
  }

  /** The array behind this writer; valid up to {@link #length()} until the next write. */
  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes the lowest {@code bits} of {@code value}, 0 to 56. */
  void put(long value, int bits) {
    pending = pending << bits | value & (1L << bits) - 1;
    pendingBits += bits;
    while (pendingBits >= 8) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      pendingBits -= 8;
      bytes[length++] = (byte) (pending >>> pendingBits);
    }
  }

  void unary(int zeros) {
    for (int left = zeros; left > 0; left -= 32) {
      put(0, Math.min(left, 32));
    }
    put(1, 1);
  }

  void alignToByte() {
    put(0, -pendingBits & 7);
  }
}
