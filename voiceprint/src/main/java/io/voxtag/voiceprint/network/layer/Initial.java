package io.voxtag.voiceprint.network.layer;

import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;

/** Initial values of parameters. */
final class Initial {
  static final Initializer ZERO = new ConstantInitializer(0);
  static final Initializer ONE = new ConstantInitializer(1);

  private Initial() {}

  /** Uniform in plus or minus one over the root of the fan-in, as PyTorch's layers start. */
  static Initializer fanIn(long fanIn) {
    return new UniformInitializer((float) (1 / Math.sqrt((double) fanIn)));
  }

  /** Normal, for layers that ReLU follows (He et al., 2015). */
  static Initializer he(long fan) {
    return new NormalInitializer((float) Math.sqrt(2.0 / fan));
  }
}
