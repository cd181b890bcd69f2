package io.voxtag.schemas.serde;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroTypeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from an array, and takes no length on trust: nothing is allocated
 * for bytes, strings or items that the rest of the array could not hold. Avro's own decoder has
 * limits too, but one for the whole process, and it allocates before it looks.
 *
 * <p>Not thread-safe. Encoding: Avro specification 1.12, "Binary Encoding".
 */
final class BoundedDecoder extends Decoder {

  private final byte[] data;
  private int position;

  BoundedDecoder(byte[] data, int position) {
    this.data = data;
    this.position = position;
  }

  /** Bytes that are left. */
  int remaining() {
    return data.length - position;
  }

  @Override
  public void readNull() {
    // Null takes no bytes.
  }

  @Override
  public boolean readBoolean() throws EOFException {
    require(1);
    byte value = data[position++];
    if (value != 0 && value != 1) {
      throw new AvroTypeException("a boolean is " + value + "; it must be 0 or 1");
    }
    return value == 1;
  }

  @Override
  public int readInt() throws EOFException {
    long value = readLong();
    if ((int) value != value) {
      throw new AvroTypeException("an int is " + value + "; it must fit 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws EOFException {
    long bits = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte next = data[position++];
      bits |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new AvroTypeException("a variable-length number has more than 10 bytes");
  }

  @Override
  public float readFloat() throws EOFException {
    require(Float.BYTES);
    int bits = 0;
    for (int i = 0; i < Float.BYTES; i++) {
      bits |= (data[position++] & 0xff) << (Byte.SIZE * i);
    }
    return Float.intBitsToFloat(bits);
  }

  @Override
  public double readDouble() throws EOFException {
    require(Double.BYTES);
    long bits = 0;
    for (int i = 0; i < Double.BYTES; i++) {
      bits |= (data[position++] & 0xffL) << (Byte.SIZE * i);
    }
    return Double.longBitsToDouble(bits);
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws EOFException {
    return new Utf8(readString());
  }

  @Override
  public String readString() throws EOFException {
    int length = readLength();
    String text = new String(data, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  @Override
  public void skipString() throws EOFException {
    skipBytes();
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws EOFException {
    byte[] bytes = new byte[readLength()];
    readFixed(bytes, 0, bytes.length);
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void skipBytes() throws EOFException {
    position += readLength();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws EOFException {
    require(length);
    System.arraycopy(data, position, bytes, start, length);
    position += length;
  }

  @Override
  public void skipFixed(int length) throws EOFException {
    require(length);
    position += length;
  }

  @Override
  public int readEnum() throws EOFException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws EOFException {
    return readBlock();
  }

  @Override
  public long arrayNext() throws EOFException {
    return readBlock();
  }

  @Override
  public long skipArray() throws EOFException {
    return skipBlocks();
  }

  @Override
  public long readMapStart() throws EOFException {
    return readBlock();
  }

  @Override
  public long mapNext() throws EOFException {
    return readBlock();
  }

  @Override
  public long skipMap() throws EOFException {
    return skipBlocks();
  }

  @Override
  public int readIndex() throws EOFException {
    return readInt();
  }

  // A negative count is followed by the size of the block in bytes.
  private int readBlock() throws EOFException {
    long count = readLong();
    if (count < 0) {
      readLength();
      count = -count;
    }
    // Every item of our schemas takes at least one byte.
    return within(count, "items");
  }

  private long skipBlocks() throws EOFException {
    long count = readLong();
    while (count < 0) {
      position += readLength();
      count = readLong();
    }
    return within(count, "items");
  }

  private int readLength() throws EOFException {
    return within(readLong(), "bytes");
  }

  private int within(long count, String unit) throws EOFException {
    if (count < 0) {
      throw new AvroTypeException("a length is " + count + " " + unit);
    }
    if (count > remaining()) {
      throw new EOFException(
          "a length says " + count + " " + unit + ", but only " + remaining() + " bytes follow");
    }
    return (int) count;
  }

  private void require(int bytes) throws EOFException {
    if (bytes > remaining()) {
      throw new EOFException("it ends inside the record, at byte " + data.length);
    }
  }
}
