package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** Mean of each channel over the frames that an attention picks (SAP). */
final class SelfAttentive extends PoolingLayer {
  private final Linear hidden;
  private final Linear attention;

  SelfAttentive(long channels, long bottleneck) {
    hidden = child("linear1", new Linear(channels, bottleneck));
    attention = child("linear2", new Linear(bottleneck, channels));
  }

  @Override
  NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray alpha = hidden.apply(store, x, training).tanh();
    return attention.apply(store, alpha, training).softmax(2).mul(x).sum(new int[] {2});
  }

  @Override
  PoolingInference inference(NDManager manager) {
    Dense first = hidden.map().dense(manager);
    Dense second = attention.map().dense(manager);
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
  Shape outputShape(Shape input) {
    return new Shape(input.get(0), input.get(1));
  }

  /** A pointwise convolution whose parameters are not nested. */
  private static final class Linear extends Layer {
    private final Parameter weight;
    private final Parameter bias;
    private final long out;

    Linear(long in, long out) {
      this.out = out;
      weight = parameter("weight", Parameter.Type.WEIGHT, Initial.fanIn(in), out, in, 1);
      bias = parameter("bias", Parameter.Type.BIAS, Initial.fanIn(in), out);
    }

    @Override
    NDArray apply(ParameterStore store, NDArray x, boolean training) {
      return ai.djl.nn.convolutional.Conv1d.conv1d(
              x,
              store.getValue(weight, x.getDevice(), training),
              store.getValue(bias, x.getDevice(), training))
          .singletonOrThrow();
    }

    Affine map() {
      return Affine.of(weight.getArray(), bias.getArray(), 1, 1);
    }

    @Override
    Shape outputShape(Shape input) {
      return new Shape(input.get(0), out, input.get(2));
    }
  }
}
