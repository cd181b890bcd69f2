package io.voxtag.voiceprint.importing.pytorch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of one or several pickles that follow each other, read forwards. */
final class PickleInput {
  private static final int MAX_NAME = 1_000;
  private static final int MAX_TEXT = 1 << 20;

  private final ByteBuffer in;
  private final String source;

  PickleInput(ByteBuffer bytes, String source) {
    this.in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
  }

  int position() {
    return in.position();
  }

  /** An unsigned byte. */
  int u1() throws CheckpointException {
    return bytes(1).get() & 0xff;
  }

  /** An unsigned number of two bytes. */
  int u2() throws CheckpointException {
    return bytes(2).getShort() & 0xffff;
  }

  int i4() throws CheckpointException {
    return bytes(4).getInt();
  }

  long i8() throws CheckpointException {
    return bytes(8).getLong();
  }

  /** A double, which pickles have in big-endian order. */
  double f8() throws CheckpointException {
    return bytes(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** A signed whole number of so many bytes. */
  Number integer(int length) throws CheckpointException {
    if (length == 0) {
      return 0L;
    }
    byte[] bigEndian = new byte[length];
    ByteBuffer bytes = bytes(length);
    for (int i = length - 1; i >= 0; i--) {
      bigEndian[i] = bytes.get();
    }
    BigInteger value = new BigInteger(bigEndian);
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /** A text of so many bytes. */
  String text(int length, Charset charset) throws CheckpointException {
    ByteBuffer bytes = bytes(length);
    if (length > MAX_TEXT) {
      throw new CheckpointException(
          source, "has a text of %d bytes, at most %d".formatted(length, MAX_TEXT));
    }
    try {
      return charset.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(
          source, "has a text that is not " + charset + " at byte " + position(), e);
    }
  }

  /** A name that ends with the line. */
  String line() throws CheckpointException {
    StringBuilder line = new StringBuilder();
    for (int next = u1(); next != '\n'; next = u1()) {
      line.append((char) next);
      if (line.length() > MAX_NAME) {
        throw new CheckpointException(
            source, "has a name of more than " + MAX_NAME + " characters: it is damaged");
      }
    }
    // What is compared with known names; others are only printed.
    return new String(
        line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * The next bytes, little-endian, as a view.
   *
   * @param length unsigned, so that a negative one is of more than two gigabytes
   */
  ByteBuffer bytes(int length) throws CheckpointException {
    if (length < 0 || length > in.remaining()) {
      throw new CheckpointException(
          source,
          "needs %d more bytes at byte %d where %d are left: it is cut off or damaged"
              .formatted(Integer.toUnsignedLong(length), in.position(), in.remaining()));
    }
    ByteBuffer view = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return view;
  }
}
