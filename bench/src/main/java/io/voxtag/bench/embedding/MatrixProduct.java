package io.voxtag.bench.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** The product of two square matrices on PyTorch: what its fastest operator reaches here. */
final class MatrixProduct implements AutoCloseable {
  private static final int SIZE = 2048;

  private final NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu());
  private final NDArray a = random();
  private final NDArray b = random();

  /** Floating-point operations of a product, counting an addition and a product as two. */
  static double flops() {
    return 2.0 * SIZE * SIZE * SIZE;
  }

  void multiply() {
    try (NDArray product = a.matMul(b)) {
      product.getFloat(0, 0);
    }
  }

  private NDArray random() {
    return manager.randomUniform(-1, 1, new Shape(SIZE, SIZE), DataType.FLOAT32);
  }

  @Override
  public void close() {
    manager.close();
  }
}
