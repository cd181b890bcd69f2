package io.voxtag.voiceprint.importing.pytorch;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the operations of a pickle one by one. */
public final class Pickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Pickle() {
    op(0x80, 2);
  }

  public Pickle op(int... bytes) {
    for (int value : bytes) {
      out.write(value);
    }
    return this;
  }

  public Pickle global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Pickle text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    op('X');
    out.writeBytes(littleEndian(4).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  /** Any whole number. */
  public Pickle number(long value) {
    return big(BigInteger.valueOf(value));
  }

  public Pickle big(BigInteger value) {
    byte[] bigEndian = value.toByteArray();
    op(0x8a, bigEndian.length);
    for (int i = bigEndian.length - 1; i >= 0; i--) {
      out.write(bigEndian[i]);
    }
    return this;
  }

  public Pickle numbers(long... values) {
    op('(');
    for (long value : values) {
      number(value);
    }
    return op('t');
  }

  /** A tensor over a storage of floats. */
  public Pickle tensor(String key, long elements, long offset, long[] shape, long[] stride) {
    global("torch._utils", "_rebuild_tensor_v2").op('(', '(').text("storage");
    global("torch", "FloatStorage").text(key).text("cpu").number(elements).op('t', 'Q');
    number(offset).numbers(shape).numbers(stride).op(0x89);
    return global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  public byte[] end() {
    op('.');
    return out.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
