package io.voxtag.voiceprint.network.layer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/**
 * Copies of a network's parameters for inference; normalisation that follows a convolution is part
 * of its weights. Thread-safe: it never changes.
 */
final class FrozenStore extends ParameterStore {
  private final IdentityHashMap<Parameter, NDArray> copies = new IdentityHashMap<>();
  private final IdentityHashMap<Normed, Folded> folded = new IdentityHashMap<>();

  /** A convolution and its normalisation as one: weights as the convolution's, biases [out]. */
  record Folded(NDArray weight, NDArray bias) {}

  /** Copies the present values of a network, which may be closed afterwards. */
  FrozenStore(Layer network, NDManager manager) {
    super(manager, false);
    copy(network, manager);
  }

  private void copy(Block block, NDManager manager) {
    Set<Block> joined = Collections.newSetFromMap(new IdentityHashMap<>());
    if (block instanceof Layer layer) {
      for (Normed pair : layer.pairs()) {
        folded.put(pair, fold(pair, manager));
        joined.add(pair.conv());
        joined.add(pair.norm());
      }
    }
    for (Parameter parameter : block.getDirectParameters().values()) {
      NDArray array = parameter.getArray();
      copies.put(parameter, manager.create(array.toFloatArray(), array.getShape()));
    }
    for (Block child : block.getChildren().values()) {
      if (!joined.contains(child)) {
        copy(child, manager);
      }
    }
  }

  private static Folded fold(Normed pair, NDManager manager) {
    BatchNorm.Factors norm = pair.norm().factors();
    NDArray array = pair.conv().weight().getArray();
    float[] weights = array.toFloatArray();
    Parameter biases = pair.conv().bias();
    float[] bias =
        biases == null ? new float[norm.scale().length] : biases.getArray().toFloatArray();
    int each = weights.length / bias.length;
    for (int row = 0; row < bias.length; row++) {
      for (int i = row * each; i < (row + 1) * each; i++) {
        weights[i] = (float) (weights[i] * norm.scale()[row]);
      }
      bias[row] = (float) (bias[row] * norm.scale()[row] + norm.shift()[row]);
    }
    return new Folded(manager.create(weights, array.getShape()), manager.create(bias));
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    return Objects.requireNonNull(copies.get(parameter), parameter::getName);
  }

  Folded folded(Normed pair) {
    return Objects.requireNonNull(folded.get(pair));
  }
}
