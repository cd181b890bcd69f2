package io.voxtag.voiceprint.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named tensor as plain numbers, row-major. Immutable as long as nobody writes to the buffer it
 * was made of; safe to share between threads.
 *
 * @param shape sizes of the dimensions, each at least 0; empty for a scalar
 * @param data the elements, little-endian, read-only, from position 0
 */
public record TensorData(String name, DType dtype, long[] shape, ByteBuffer data) {

  /**
   * @throws IllegalArgumentException if a dimension is negative or the data has another size than
   *     type and shape say
   */
  public TensorData {
    shape = shape.clone();
    data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long bytes = byteSize(dtype, shape);
    if (bytes != data.remaining()) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes where %s %s needs %d"
              .formatted(name, data.remaining(), dtype, Arrays.toString(shape), bytes));
    }
  }

  /** A float32 tensor of a copy of the values. */
  public static TensorData of(String name, float[] values, long... shape) {
    ByteBuffer data = littleEndian(4L * values.length);
    data.asFloatBuffer().put(values);
    return new TensorData(name, DType.F32, shape, data);
  }

  /** An int64 tensor of a copy of the values. */
  public static TensorData of(String name, long[] values, long... shape) {
    ByteBuffer data = littleEndian(8L * values.length);
    data.asLongBuffer().put(values);
    return new TensorData(name, DType.I64, shape, data);
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of elements. */
  public int size() {
    return data.capacity() / dtype.bytes();
  }

  /**
   * The elements as floats; a float64 is rounded.
   *
   * @throws IllegalStateException if the elements are not floating-point numbers
   */
  public float[] toFloats() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floatAt(i);
    }
    return values;
  }

  /**
   * The elements as longs.
   *
   * @throws IllegalStateException if the elements are not signed integers of 32 or 64 bits
   */
  public long[] toLongs() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (dtype) {
            case I64 -> data.getLong(8 * i);
            case I32 -> data.getInt(4 * i);
            default -> throw notA("signed integers of 32 or 64 bits");
          };
    }
    return values;
  }

  /** Whether no element is infinite or not a number; true for integers. */
  public boolean isFinite() {
    if (!dtype.isFloating()) {
      return true;
    }
    for (int i = 0; i < size(); i++) {
      if (!isFiniteAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same numbers as float32 or float16, rounded to nearest, ties to even.
   *
   * @throws IllegalArgumentException if a finite number would become infinite; it is named
   * @throws IllegalStateException if the elements are not floating-point numbers
   */
  public TensorData as(DType target) {
    if (target == dtype) {
      return this;
    }
    if (target != DType.F32 && target != DType.F16) {
      throw new IllegalArgumentException("cannot convert to " + target + ": only F32 and F16");
    }
    float[] values = toFloats();
    ByteBuffer converted = littleEndian((long) values.length * target.bytes());
    for (int i = 0; i < values.length; i++) {
      float rounded = values[i];
      if (target == DType.F32) {
        converted.putFloat(values[i]);
      } else {
        short half = HalfFloat.fromFloat(values[i]);
        rounded = HalfFloat.toFloat(half);
        converted.putShort(half);
      }
      if (Float.isInfinite(rounded) && isFiniteAt(i)) {
        throw new IllegalArgumentException(
            "tensor '%s' element %d is %s, beyond the range of %s"
                .formatted(
                    name, i, dtype == DType.F64 ? data.getDouble(8 * i) : values[i], target));
      }
    }
    return new TensorData(name, target, shape, converted.flip());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorData that
        && name.equals(that.name)
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && data.equals(that.data);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + data.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + dtype + " " + Arrays.toString(shape);
  }

  /**
   * @throws IllegalArgumentException if a dimension is negative
   * @throws ArithmeticException if the size is beyond a long
   */
  static long byteSize(DType dtype, long[] shape) {
    long bytes = dtype.bytes();
    boolean empty = false;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
      empty |= dimension == 0;
    }
    for (long dimension : shape) {
      bytes = empty ? 0 : Math.multiplyExact(bytes, dimension);
    }
    return bytes;
  }

  private float floatAt(int i) {
    return switch (dtype) {
      case F32 -> data.getFloat(4 * i);
      case F16 -> HalfFloat.toFloat(data.getShort(2 * i));
      case BF16 -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
      case F64 -> (float) data.getDouble(8 * i);
      default -> throw notA("floating-point numbers");
    };
  }

  private boolean isFiniteAt(int i) {
    // Not through float: a large float64 is finite.
    return dtype == DType.F64 ? Double.isFinite(data.getDouble(8 * i)) : Float.isFinite(floatAt(i));
  }

  private IllegalStateException notA(String what) {
    return new IllegalStateException(
        "elements of tensor '" + name + "' are " + dtype + ", not " + what);
  }

  private static ByteBuffer littleEndian(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
