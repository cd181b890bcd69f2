package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.UniformInitializer;

/** Makes parameters that are ready to use. */
final class Weights {
  private Weights() {}

  /** A weight that starts uniform in plus or minus {@code bound}. */
  static Parameter uniform(NDManager manager, String name, float bound, long... shape) {
    return make(manager, name, Parameter.Type.WEIGHT, new UniformInitializer(bound), shape);
  }

  /** A parameter that starts with one value everywhere; statistics need no gradient. */
  static Parameter constant(
      NDManager manager, String name, Parameter.Type type, float value, long... shape) {
    return make(manager, name, type, new ConstantInitializer(value), shape);
  }

  private static Parameter make(
      NDManager manager, String name, Parameter.Type type, Initializer initial, long... shape) {
    Parameter parameter =
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(new Shape(shape))
            .optInitializer(initial)
            .optRequiresGrad(
                type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR)
            .build();
    parameter.initialize(manager, DataType.FLOAT32);
    return parameter;
  }
}
