package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import io.voxtag.voiceprint.network.layer.Layer;
import org.jspecify.annotations.Nullable;

/** What follows a normalisation: ReLU, or one whose slope below zero is learnt for each channel. */
final class Rectifier extends Layer {
  private static final float FIRST_SLOPE = 0.25f;

  /** Which of the two, under the names that configurations use. */
  enum Kind {
    /** {@code batchnorm-relu}. */
    PLAIN,
    /** {@code batchnorm-prelu} (He et al., 2015). */
    LEARNT
  }

  private final @Nullable Parameter slopes;

  Rectifier(Kind kind, long channels) {
    slopes =
        kind == Kind.PLAIN
            ? null
            : parameter(
                "weight", Parameter.Type.WEIGHT, new ConstantInitializer(FIRST_SLOPE), channels);
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray positive = Activation.relu(x);
    if (slopes == null) {
      return positive;
    }
    NDArray slope = store.getValue(slopes, x.getDevice(), training).expandDims(1);
    // A view of a parameter belongs to the model's manager, and so would all that is made of it.
    slope.attach(x.getManager());
    return x.sub(positive).mul(slope).add(positive);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }
}
