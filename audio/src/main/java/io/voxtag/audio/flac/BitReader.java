package io.voxtag.audio.flac;

import io.voxtag.audio.io.DamagedAudioException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads big-endian bit fields of a byte array; never beyond its end. Not thread-safe. */
final class BitReader {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final long end;
  private long position;

  BitReader(byte[] bytes, int fromByte) {
    this.bytes = bytes;
    this.position = fromByte * 8L;
    this.end = bytes.length * 8L;
  }

  int bytePosition() {
    return (int) (position >>> 3);
  }

  int remainingBytes() {
    return bytes.length - bytePosition();
  }

  void alignToByte() {
    position = position + 7 & ~7L;
  }

  void skipBytes(int count) throws DamagedAudioException {
    position += 8L * count;
    if (position > end) {
      throw truncated();
    }
  }

  /** An unsigned field of 0 to 56 bits. */
  long unsigned(int bits) throws DamagedAudioException {
    if (bits == 0) {
      return 0;
    }
    long value = peek() >>> (64 - bits);
    skip(bits);
    return value;
  }

  /** A two's complement field of 0 to 56 bits. */
  long signed(int bits) throws DamagedAudioException {
    if (bits == 0) {
      return 0;
    }
    long value = peek() >> (64 - bits);
    skip(bits);
    return value;
  }

  /** The number of zeros before the next one. */
  long unary() throws DamagedAudioException {
    long zeros = 0;
    while (true) {
      int run = Long.numberOfLeadingZeros(peek());
      if (run < 56) {
        skip(run + 1);
        return zeros + run;
      }
      skip(56);
      zeros += 56;
    }
  }

  /** A Rice-coded signed value. */
  long rice(int parameter) throws DamagedAudioException {
    long high = unary();
    long folded = high << parameter | unsigned(parameter);
    return folded >>> 1 ^ -(folded & 1);
  }

  private void skip(int bits) throws DamagedAudioException {
    position += bits;
    if (position > end) {
      throw truncated();
    }
  }

  private DamagedAudioException truncated() {
    return new DamagedAudioException("truncated at byte %d".formatted(bytes.length));
  }

  /** At least the next 57 bits, from the top; zeros beyond the end. */
  private long peek() {
    int at = (int) (position >>> 3);
    int shift = (int) (position & 7);
    if (at + 8 <= bytes.length) {
      return (long) LONG.get(bytes, at) << shift;
    }
    long word = 0;
    for (int i = 0; i < 8; i++) {
      word = word << 8 | (at + i < bytes.length ? bytes[at + i] & 0xff : 0);
    }
    return word << shift;
  }
}
