package io.voxtag.voiceprint.network.layer;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block with one input and one output whose parameter shapes are known when it is made. */
public abstract class Layer extends AbstractBlock {
  private final List<Normed> pairs = new ArrayList<>();

  /** Computes the output; parameters come from the store, on the device of the input. */
  public abstract NDArray apply(ParameterStore store, NDArray x, boolean training);

  /**
   * The same, freeing at once whatever else it made; in training, what gradients need stays.
   *
   * @return the output, on the manager of the input
   */
  public final NDArray applyScoped(ParameterStore store, NDArray x, boolean training) {
    NDManager owner = x.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray view = x.reshape(x.getShape());
      view.attach(scope);
      NDArray y = apply(store, view, training);
      y.attach(owner);
      return y;
    }
  }

  /** Shape of the output for a shape of the input. */
  public abstract Shape outputShape(Shape input);

  /** Adds a parameter under the name that it has in a PyTorch state dict. */
  protected final Parameter parameter(
      String name, Parameter.Type type, Initializer initial, long... shape) {
    return parameter(name, type, initial, true, shape);
  }

  /** Adds a value that training updates without gradients, such as a running mean. */
  protected final Parameter statistic(
      String name, Parameter.Type type, Initializer initial, long... shape) {
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
  protected final <B extends Block> B child(String name, B block) {
    return addChildBlock(name, block);
  }

  /** Adds a convolution and a normalisation of its output under names of their own. */
  protected final Normed normed(String convName, String normName, Conv conv) {
    BatchNorm norm = new BatchNorm(conv.weight().getShape().get(0));
    Normed pair = new Normed(child(convName, conv), child(normName, norm));
    pairs.add(pair);
    return pair;
  }

  /** The direct children that are one operation without training. */
  final List<Normed> pairs() {
    return Collections.unmodifiableList(pairs);
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
