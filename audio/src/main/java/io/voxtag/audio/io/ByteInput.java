package io.voxtag.audio.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads little-endian fields of a byte array; never beyond its end. Not thread-safe. */
public final class ByteInput {

  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private int position;

  public ByteInput(byte[] bytes) {
    this.bytes = bytes;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return bytes.length - position;
  }

  /** Moves to {@code newPosition}, at most the end of the input. */
  public void position(int newPosition) throws DamagedAudioException {
    if (newPosition < 0 || newPosition > bytes.length) {
      throw truncated(newPosition - (long) position);
    }
    position = newPosition;
  }

  public void skip(long count) throws DamagedAudioException {
    advance(count);
  }

  public int u8() throws DamagedAudioException {
    return bytes[advance(1)] & 0xff;
  }

  public int u16() throws DamagedAudioException {
    return (short) SHORT_LE.get(bytes, advance(2)) & 0xffff;
  }

  public long u32() throws DamagedAudioException {
    return i32() & 0xffffffffL;
  }

  public int i32() throws DamagedAudioException {
    return (int) INT_LE.get(bytes, advance(4));
  }

  public long i64() throws DamagedAudioException {
    return (long) LONG_LE.get(bytes, advance(8));
  }

  /** Four characters, such as the name of a RIFF chunk. */
  public String tag() throws DamagedAudioException {
    return new String(bytes, advance(4), 4, StandardCharsets.ISO_8859_1);
  }

  /** Whether {@code bytes} has the characters of {@code tag} (one byte each) at {@code offset}. */
  public static boolean matches(byte[] bytes, int offset, String tag) {
    if (offset < 0 || bytes.length - offset < tag.length()) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      if ((bytes[offset + i] & 0xff) != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int advance(long count) throws DamagedAudioException {
    if (count < 0 || count > remaining()) {
      throw truncated(count);
    }
    int from = position;
    position += (int) count;
    return from;
  }

  private DamagedAudioException truncated(long wanted) {
    return new DamagedAudioException(
        "truncated: %d bytes wanted at byte %d, %d are left"
            .formatted(wanted, position, bytes.length - position));
  }
}
