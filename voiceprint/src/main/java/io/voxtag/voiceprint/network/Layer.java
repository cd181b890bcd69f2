package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** A block with one input and one output whose parameter shapes are known when it is made. */
abstract class Layer extends AbstractBlock {

  /** Computes the output; parameters come from the store, on the device of the input. */
  abstract NDArray apply(ParameterStore store, NDArray x, boolean training);

  /** Shape of the output for a shape of the input. */
  abstract Shape outputShape(Shape input);

  /** Adds a parameter under the name that it has in a PyTorch state dict. */
  final Parameter parameter(String name, Parameter.Type type, Initializer initial, long... shape) {
    return parameter(name, type, initial, true, shape);
  }

  /** Adds a value that training updates without gradients, such as a running mean. */
  final Parameter statistic(String name, Parameter.Type type, Initializer initial, long... shape) {
    return parameter(name, type, initial, false, shape);
  }

  private Parameter parameter(
      String name, Parameter.Type type, Initializer initial, boolean gradient, long... shape) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(new Shape(shape))
            .optInitializer(initial)
            .optRequiresGrad(gradient)
            .build());
  }

  /** Adds a child under the name that it has in a PyTorch state dict; dots are allowed. */
  final <B extends Block> B child(String name, B block) {
    return addChildBlock(name, block);
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    return new NDList(apply(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {outputShape(inputShapes[0])};
  }

  @Override
  protected final void initializeChildBlocks(
      NDManager manager, DataType dataType, Shape... inputShapes) {
    // Every shape is known already; the children only need somewhere to live.
    for (Block block : getChildren().values()) {
      block.initialize(manager, dataType, inputShapes);
    }
  }
}
