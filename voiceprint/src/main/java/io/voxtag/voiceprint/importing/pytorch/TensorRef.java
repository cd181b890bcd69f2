package io.voxtag.voiceprint.importing.pytorch;

import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A view of a storage: element {@code i, j, ...} lies at {@code offset + i * stride[0] + j *
 * stride[1] + ...}, which is inside of it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorRef(StorageRef storage, long offset, long[] shape, long[] stride) {

  /** The number of elements. */
  long elements() {
    long count = 1;
    for (long dimension : shape) {
      count *= dimension;
    }
    return count;
  }

  /** The size of its own copy in bytes. */
  long bytes() {
    return elements() * storage.dtype().bytes();
  }

  /**
   * The elements in row order.
   *
   * @param content the storage's, little-endian
   */
  TensorData read(String name, ByteBuffer content) {
    DType dtype = storage.dtype();
    if (isRowOrder()) {
      ByteBuffer part = content.slice((int) offset * dtype.bytes(), (int) bytes());
      return new TensorData(name, dtype, shape, part);
    }
    ByteBuffer ordered = ByteBuffer.allocate((int) bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long[] at = new long[shape.length];
    long element = offset;
    while (ordered.hasRemaining()) {
      ordered.put(content.slice((int) element * dtype.bytes(), dtype.bytes()));
      element = next(at, element);
    }
    return new TensorData(name, dtype, shape, ordered.flip());
  }

  /** Steps to the next index in row order and returns where its element lies. */
  private long next(long[] at, long element) {
    long moved = element;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]++;
      moved += stride[axis];
      if (at[axis] < shape[axis]) {
        return moved;
      }
      moved -= at[axis] * stride[axis];
      at[axis] = 0;
    }
    return moved;
  }

  private boolean isRowOrder() {
    if (elements() == 0) {
      return true;
    }
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] > 1 && stride[axis] != expected) {
        return false;
      }
      expected *= shape[axis];
    }
    return true;
  }
}
