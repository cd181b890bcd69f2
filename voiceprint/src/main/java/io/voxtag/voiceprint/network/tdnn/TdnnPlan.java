package io.voxtag.voiceprint.network.tdnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.voxtag.voiceprint.network.Inference;
import io.voxtag.voiceprint.network.layer.StatisticsNetwork;
import io.voxtag.voiceprint.network.pooling.PoolingInference;
import io.voxtag.voiceprint.network.rows.Dense;
import io.voxtag.voiceprint.network.rows.FrameRows;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.List;

/**
 * {@link Tdnn} on rows. All layers keep the number of frames, with zeros beyond the ends; those
 * that saw any are cut off before the pooling, and what is left is what convolutions give that do
 * not look beyond the ends.
 *
 * @param channels of every layer
 * @param cut frames at each end
 */
record TdnnPlan(
    long channels, List<TdnnInference> layers, int cut, PoolingInference pooling, Dense embedding)
    implements Inference {

  @Override
  public long widest() {
    return channels;
  }

  @Override
  public NDArray embed(NDArray features) {
    long batch = features.getShape().get(0);
    long frames = features.getShape().get(1);
    StatisticsNetwork.requireEnough(frames, 2L * cut + 1);
    NDManager manager = features.getManager();
    long left = frames - 2L * cut;
    try (NDArray y = filtered(features, batch, frames);
        NDArray windows = y.reshape(batch, frames, channels);
        NDArray inner = windows.get(new NDIndex().addAllDim().addSliceDim(cut, frames - cut));
        NDArray flat = inner.reshape(batch * left, channels);
        FrameRows rows = new FrameRows(manager, batch, left);
        NDArray pooled = pooling.apply(rows, flat)) {
      return embedding.apply(pooled);
    }
  }

  /** [batch, frames, bins] to [batch * frames, channels]. */
  private NDArray filtered(NDArray features, long batch, long frames) {
    try (FrameRows rows = new FrameRows(features.getManager(), batch, frames)) {
      NDArray y = features.reshape(batch * frames, features.getShape().get(2));
      for (TdnnInference layer : layers) {
        try (NDArray before = y) {
          y = layer.apply(rows, before);
        }
      }
      return y;
    }
  }
}
