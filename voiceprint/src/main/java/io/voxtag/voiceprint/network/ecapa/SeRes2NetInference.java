package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Activation;
import io.voxtag.voiceprint.network.rows.Dense;
import io.voxtag.voiceprint.network.rows.FrameRows;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link SeRes2NetBlock} on rows.
 *
 * @param filters of the second and later groups of channels
 */
record SeRes2NetInference(
    TdnnInference before,
    List<TdnnInference> filters,
    TdnnInference after,
    Dense squeeze,
    Dense excite,
    @Nullable Dense shortcut) {

  /** [rows, in] to [rows, out], a new array. */
  NDArray apply(FrameRows frames, NDArray x) {
    NDArray y;
    try (NDArray bottleneck = before.apply(frames, x);
        NDArray filtered = filter(frames, bottleneck)) {
      y = after.apply(frames, filtered);
    }
    // Nothing else refers to the new array, so that it can be changed in place.
    try (NDArray windows = frames.windows(y);
        NDArray scale = scale(windows)) {
      windows.muli(scale);
    }
    if (shortcut == null) {
      return y.addi(x);
    }
    try (NDArray residual = shortcut.apply(x)) {
      return y.addi(residual);
    }
  }

  private NDArray filter(FrameRows frames, NDArray x) {
    long width = x.getShape().get(1) / (filters.size() + 1);
    NDList results = new NDList(group(x, 0, width));
    try (results) {
      for (int i = 1; i <= filters.size(); i++) {
        try (NDArray input = group(x, i, width);
            NDArray sum = i == 1 ? input : input.add(results.get(i - 1))) {
          results.add(filters.get(i - 1).apply(frames, sum));
        }
      }
      return NDArrays.concat(results, 1);
    }
  }

  private static NDArray group(NDArray x, int number, long width) {
    return x.get(new NDIndex().addAllDim().addSliceDim(number * width, (number + 1) * width));
  }

  /** [batch, frames, channels] to [batch, 1, channels]. */
  private NDArray scale(NDArray windows) {
    try (NDArray mean = windows.mean(new int[] {1});
        NDArray hidden = squeeze.apply(mean);
        NDArray active = Activation.relu(hidden);
        NDArray raw = excite.apply(active);
        NDArray scale = Activation.sigmoid(raw)) {
      return scale.expandDims(1);
    }
  }
}
