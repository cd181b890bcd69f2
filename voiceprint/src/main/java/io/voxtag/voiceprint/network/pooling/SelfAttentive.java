package io.voxtag.voiceprint.network.pooling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Window;
import io.voxtag.voiceprint.network.rows.Affine;
import io.voxtag.voiceprint.network.rows.Dense;

/** Mean of each channel over the frames that an attention picks (SAP). */
final class SelfAttentive extends PoolingLayer {
  private final Conv hidden;
  private final Conv attention;

  SelfAttentive(long channels, long bottleneck) {
    hidden = child("linear1", new Conv(channels, bottleneck, Window.frame(), 1, true));
    attention = child("linear2", new Conv(bottleneck, channels, Window.frame(), 1, true));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray alpha = hidden.apply(store, x, training).tanh();
    return attention.apply(store, alpha, training).softmax(2).mul(x).sum(new int[] {2});
  }

  @Override
  public PoolingInference inference(NDManager manager) {
    Dense first = Affine.of(hidden).dense(manager);
    Dense second = Affine.of(attention).dense(manager);
    return (frames, x) -> {
      try (NDArray raw = first.apply(x);
          NDArray bent = raw.tanh();
          NDArray scores = second.apply(bent);
          NDArray scoresByWindow = frames.windows(scores);
          NDArray weights = scoresByWindow.softmax(1);
          NDArray windows = frames.windows(x)) {
        return weights.muli(windows).sum(new int[] {1});
      }
    };
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), input.get(1));
  }
}
