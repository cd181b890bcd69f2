package io.voxtag.voiceprint.network.ecapa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.network.Inference;
import io.voxtag.voiceprint.network.pooling.PoolingInference;
import io.voxtag.voiceprint.network.rows.Dense;
import io.voxtag.voiceprint.network.rows.FrameRows;
import io.voxtag.voiceprint.network.rows.TdnnInference;
import java.util.List;

/**
 * {@link EcapaTdnn} on rows.
 *
 * @param widest channels of its widest layer
 * @param embedding from pooled statistics, with the normalisations on either side of it
 */
record EcapaInference(
    long widest,
    TdnnInference first,
    List<SeRes2NetInference> blocks,
    TdnnInference aggregation,
    PoolingInference pooling,
    Dense embedding)
    implements Inference {

  @Override
  public NDArray embed(NDArray features) {
    long batch = features.getShape().get(0);
    long frames = features.getShape().get(1);
    NDManager manager = features.getManager();
    try (FrameRows rows = new FrameRows(manager, batch, frames);
        NDArray flat = features.reshape(batch * frames, features.getShape().get(2));
        NDArray joined = joined(rows, flat);
        NDArray y = aggregation.apply(rows, joined)) {
      // Memory that is given back at once is still in the cache when the next operator gets it.
      joined.close();
      try (NDArray pooled = pooling.apply(rows, y)) {
        return embedding.apply(pooled);
      }
    }
  }

  private NDArray joined(FrameRows rows, NDArray features) {
    try (NDArray start = first.apply(rows, features);
        NDList outputs = new NDList()) {
      NDArray y = start;
      for (SeRes2NetInference block : blocks) {
        y = block.apply(rows, y);
        outputs.add(y);
      }
      return NDArrays.concat(outputs, 1);
    }
  }
}
