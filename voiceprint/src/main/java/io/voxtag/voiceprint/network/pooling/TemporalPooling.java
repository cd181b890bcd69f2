package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

/** Poolings without parameters: [batch, channels, frames] to [batch, channels or twice that]. */
final class TemporalPooling extends PoolingLayer {
  /** What ERes2Net adds to the variance. */
  private static final float EPSILON = 1e-8f;

  /** Keeps the root's gradient finite where a channel is constant, and changes no other value. */
  static final float TINY = 1e-20f;

  /** What is taken of each channel. */
  enum Kind {
    /** Its mean (TAP). */
    AVERAGE,
    /** Its mean and unbiased variance (TSP; Snyder et al., "X-vectors", 2018). */
    STATISTICS,
    /** Its mean and deviation (TSTP). */
    DEVIATION
  }

  private final Kind kind;
  private final float added;

  TemporalPooling(Kind kind) {
    this(kind, EPSILON);
  }

  TemporalPooling(Kind kind, float added) {
    this.kind = kind;
    this.added = added;
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    // Squares and their sums soon leave the range of half precision.
    return pooled(x.toType(DataType.FLOAT32, false)).toType(x.getDataType(), false);
  }

  private NDArray pooled(NDArray x) {
    NDArray mean = x.mean(new int[] {2}, true);
    if (kind == Kind.AVERAGE) {
      return mean.squeeze(2);
    }
    long frames = x.getShape().get(2);
    NDArray variance = x.sub(mean).square().sum(new int[] {2}, true).div(Math.max(1, frames - 1));
    NDArray spread = kind == Kind.DEVIATION ? variance.add(added).sqrt() : variance;
    return mean.concat(spread, 1).squeeze(2);
  }

  @Override
  public PoolingInference inference(NDManager manager) {
    NDArray epsilon = manager.create(added);
    return (frames, x) -> {
      try (NDArray windows = frames.windows(x)) {
        NDArray mean = windows.mean(new int[] {1});
        if (kind == Kind.AVERAGE) {
          return mean;
        }
        long others = Math.max(1, windows.getShape().get(1) - 1);
        try (mean;
            NDArray centre = mean.expandDims(1);
            NDArray squares = windows.subi(centre).square();
            NDArray sum = squares.sum(new int[] {1});
            NDArray variance = sum.div(others);
            NDArray spread = kind == Kind.DEVIATION ? variance.add(epsilon).sqrt() : variance) {
          return mean.concat(spread, 1);
        }
      }
    };
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), kind == Kind.AVERAGE ? input.get(1) : 2 * input.get(1));
  }
}
