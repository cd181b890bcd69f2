package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution, ReLU and batch normalisation as one matrix product and a bound: {@code scale *
 * relu(z) + shift} is {@code max(scale * z + shift, shift)}, or the minimum where the scale is
 * negative.
 */
final class TdnnInference {
  private final Dense dense;
  private final NDArray floor;
  private final @Nullable NDArray ceiling;
  private final FrameRows.Taps taps;

  TdnnInference(NDManager manager, Conv1d conv, BatchNorm1d.Factors norm) {
    this(manager, Affine.of(conv).then(norm), norm, conv.taps());
  }

  private TdnnInference(
      NDManager manager, Affine folded, BatchNorm1d.Factors norm, FrameRows.Taps taps) {
    this.taps = taps;
    dense = folded.dense(manager);
    double[] low = norm.shift().clone();
    double[] high = new double[low.length];
    Arrays.fill(high, Double.POSITIVE_INFINITY);
    boolean anyNegative = false;
    for (int i = 0; i < low.length; i++) {
      if (norm.scale()[i] < 0) {
        high[i] = low[i];
        low[i] = Double.NEGATIVE_INFINITY;
        anyNegative = true;
      }
    }
    floor = Affine.vector(manager, low);
    ceiling = anyNegative ? Affine.vector(manager, high) : null;
  }

  /** The bound alone, for a sum that was computed in parts. */
  static TdnnInference bounds(NDManager manager, Affine folded, BatchNorm1d.Factors norm) {
    return new TdnnInference(manager, folded, norm, new FrameRows.Taps(1, 1, PaddingMode.ZEROS));
  }

  /** [rows, in] to [rows, out], a new array. */
  NDArray apply(FrameRows frames, NDArray rows) {
    if (taps.kernel() == 1) {
      return bounded(dense.apply(rows));
    }
    try (NDArray beside = frames.beside(rows, taps)) {
      return bounded(dense.apply(beside));
    }
  }

  /** The linear map alone. */
  NDArray linear(NDArray rows) {
    return dense.apply(rows);
  }

  /** The activation of a sum, which it closes. */
  NDArray bounded(NDArray sum) {
    try (sum) {
      NDArray low = sum.maximum(floor);
      if (ceiling == null) {
        return low;
      }
      try (low) {
        return low.minimum(ceiling);
      }
    }
  }
}
