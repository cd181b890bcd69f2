package io.voxtag.voiceprint.network.rows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.PaddingMode;
import io.voxtag.voiceprint.network.layer.Taps;
import io.voxtag.voiceprint.network.layer.TdnnBlock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Convolution, ReLU and batch normalisation as one matrix product and a bound: {@code scale *
 * relu(z) + shift} is {@code max(scale * z + shift, shift)}, or the minimum where the scale is
 * negative.
 */
public final class TdnnInference {
  private final Dense dense;
  private final NDArray floor;
  private final @Nullable NDArray ceiling;
  private final Taps taps;

  /** The block with its present weights, in copies that belong to the manager. */
  public static TdnnInference of(TdnnBlock block, NDManager manager) {
    return of(block.conv().plain(), block.conv().taps(), block.norm().factors(), manager);
  }

  /** The same of its parts. */
  public static TdnnInference of(Conv conv, Taps taps, BatchNorm.Factors norm, NDManager manager) {
    return new TdnnInference(manager, Affine.of(conv).then(norm), norm, taps);
  }

  private TdnnInference(NDManager manager, Affine folded, BatchNorm.Factors norm, Taps taps) {
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
  public static TdnnInference bounds(NDManager manager, Affine folded, BatchNorm.Factors norm) {
    return new TdnnInference(manager, folded, norm, new Taps(1, 1, PaddingMode.ZEROS));
  }

  /** [rows, in] to [rows, out], a new array. */
  public NDArray apply(FrameRows frames, NDArray rows) {
    if (taps.kernel() == 1) {
      return bounded(dense.apply(rows));
    }
    try (NDArray beside = frames.beside(rows, taps)) {
      return bounded(dense.apply(beside));
    }
  }

  /** The linear map alone. */
  public NDArray linear(NDArray rows) {
    return dense.apply(rows);
  }

  /** The activation of a sum, which it closes. */
  public NDArray bounded(NDArray sum) {
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
