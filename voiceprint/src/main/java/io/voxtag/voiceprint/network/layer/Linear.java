package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** A linear map of vectors: [batch, in] to [batch, out]. */
public final class Linear extends Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** Makes one with a bias. */
  public Linear(long in, long out) {
    weight = parameter("weight", Parameter.Type.WEIGHT, Initial.fanIn(in), out, in);
    bias = parameter("bias", Parameter.Type.BIAS, Initial.fanIn(in), out);
  }

  private Linear(Parameter.Type type, long in, long out) {
    weight = parameter("weight", type, Initial.he(in), out, in, 1);
    bias = null;
  }

  /** One whose weights [out, in, 1] are those of a convolution over single frames, without bias. */
  public static Linear asConvolution(long in, long out) {
    return new Linear(Parameter.Type.WEIGHT, in, out);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray w = store.getValue(weight, x.getDevice(), training);
    if (bias != null) {
      NDArray b = store.getValue(bias, x.getDevice(), training);
      return ai.djl.nn.core.Linear.linear(x, w, b).singletonOrThrow();
    }
    NDArray flat = w.reshape(weight.getShape().slice(0, 2));
    // A view of a parameter belongs to the model's manager, and so would all that is made of it.
    flat.attach(x.getManager());
    return ai.djl.nn.core.Linear.linear(x, flat).singletonOrThrow();
  }

  /** Weights [out, in], perhaps with an axis of one behind. */
  Parameter weight() {
    return weight;
  }

  /** Biases [out], if it has any. */
  @Nullable Parameter bias() {
    return bias;
  }

  @Override
  public Shape outputShape(Shape input) {
    return new Shape(input.get(0), weight.getShape().get(0));
  }
}
