package io.voxtag.voiceprint.training.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma, Ba: "Adam: A Method for Stochastic Optimization", 2015) with an L2 penalty, or with
 * decoupled weight decay (Loshchilov, Hutter: "Decoupled Weight Decay Regularization", 2019), as
 * PyTorch computes both. One call of the engine a tensor: with several hundred small tensors the
 * calls would cost more than the arithmetic.
 */
final class Adam implements Optimizer {
  /** The engine takes a negative limit as none. */
  private static final float NO_CLIPPING = -1;

  private final Settings settings;
  private final Weights weights;
  private final Map<String, NDArray> mean = new LinkedHashMap<>();
  private final Map<String, NDArray> square = new LinkedHashMap<>();
  private long step;

  /**
   * Constants.
   *
   * @param beta1 share of the mean that a step keeps
   * @param beta2 share of the mean square that a step keeps
   * @param epsilon added to the root of the mean square
   * @param weightDecay see {@code decoupled}
   * @param decoupled false to add the decay to the gradient, true to shrink weights by it
   */
  record Settings(
      double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {}

  /** Starts with zero moments. */
  Adam(NDManager manager, Weights weights, Settings settings) {
    this.settings = settings;
    this.weights = weights;
    weights
        .values()
        .forEach(
            (name, value) -> {
              mean.put(name, manager.zeros(value.getShape()));
              square.put(name, manager.zeros(value.getShape()));
            });
  }

  @Override
  public void step(NDManager scratch, double learningRate, double gradientScale) {
    step++;
    // The engine takes single precision: a correction by another number would bias the moments.
    double first = 1 - Math.pow((float) settings.beta1, step);
    // The engine corrects the whole quotient, PyTorch only the root: epsilon makes up for it.
    double second = Math.sqrt(1 - Math.pow((float) settings.beta2, step));
    weights.forEachGradient(
        scratch,
        (name, gradient) -> {
          NDArray value = weights.values().get(name);
          value
              .getNDArrayInternal()
              .adamUpdate(
                  new NDList(value, gradient, mean.get(name), square.get(name)),
                  new NDList(value),
                  (float) learningRate,
                  (float) (learningRate * second / first),
                  (float) settings.weightDecay,
                  (float) gradientScale,
                  NO_CLIPPING,
                  (float) settings.beta1,
                  (float) settings.beta2,
                  (float) (settings.epsilon * second),
                  false,
                  settings.decoupled);
        });
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    mean.forEach((name, array) -> all.put("adam.mean." + name, array));
    square.forEach((name, array) -> all.put("adam.square." + name, array));
    return all;
  }

  @Override
  public void resume(long steps) {
    step = steps;
  }

  @Override
  public void close() {
    mean.values().forEach(NDArray::close);
    square.values().forEach(NDArray::close);
  }
}
