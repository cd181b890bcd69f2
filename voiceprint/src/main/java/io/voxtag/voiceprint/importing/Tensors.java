package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.TensorData;
import java.util.Arrays;

/** The same numbers under other names, in other shapes and in another order. */
final class Tensors {
  private Tensors() {}

  static TensorData named(String name, TensorData tensor) {
    return new TensorData(name, tensor.dtype(), tensor.shape(), tensor.data());
  }

  /** The weights of a linear map [out, in] as those of a convolution over single frames. */
  static TensorData pointwise(TensorData matrix) throws ImportException {
    long[] shape = matrix.shape();
    if (shape.length != 2) {
      throw new ImportException(
          "tensor '%s' has shape %s; it must be a matrix"
              .formatted(matrix.name(), Arrays.toString(shape)));
    }
    return new TensorData(
        matrix.name(), matrix.dtype(), new long[] {shape[0], shape[1], 1}, matrix.data());
  }

  /**
   * The equal groups along an axis with the last one first.
   *
   * @param axis 0 or 1
   */
  static TensorData lastGroupFirst(TensorData tensor, int axis, int groups) throws ImportException {
    long[] shape = tensor.shape();
    if (shape.length <= axis || shape[axis] % groups != 0) {
      throw new ImportException(
          "tensor '%s' of shape %s cannot be cut into %d equal groups along axis %d"
              .formatted(tensor.name(), Arrays.toString(shape), groups, axis));
    }
    float[] values = tensor.toFloats();
    int rows = axis == 0 ? 1 : (int) shape[0];
    int row = values.length / rows;
    int last = row - row / groups;
    float[] moved = new float[values.length];
    for (int start = 0; start < values.length; start += row) {
      System.arraycopy(values, start + last, moved, start, row - last);
      System.arraycopy(values, start, moved, start + row - last, last);
    }
    return TensorData.of(tensor.name(), moved, shape);
  }

  /** A vector of one value. */
  static TensorData constant(String name, int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return TensorData.of(name, values, size);
  }
}
