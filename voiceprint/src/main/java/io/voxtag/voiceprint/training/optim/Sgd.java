package io.voxtag.voiceprint.training.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stochastic gradient descent with an L2 penalty and momentum, as PyTorch computes it. */
final class Sgd implements Optimizer {
  private final Weights weights;
  private final double weightDecay;
  private final double momentum;
  private final boolean nesterov;
  private final Map<String, NDArray> velocity = new LinkedHashMap<>();

  /** Starts at rest. */
  Sgd(NDManager manager, Weights weights, double weightDecay, double momentum, boolean nesterov) {
    this.weights = weights;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.nesterov = nesterov;
    if (momentum > 0) {
      weights
          .values()
          .forEach((name, value) -> velocity.put(name, manager.zeros(value.getShape())));
    }
  }

  @Override
  public void step(NDManager scratch, double learningRate, double gradientScale) {
    weights.forEachGradient(
        scratch,
        (name, gradient) -> {
          try (NDManager work = scratch.newSubManager()) {
            NDArray value = weights.values().get(name);
            NDArray penalty = value.mul((float) weightDecay);
            penalty.attach(work);
            NDArray change = gradient.mul((float) gradientScale);
            change.attach(work);
            change.addi(penalty);
            NDArray speed = velocity.get(name);
            if (speed != null) {
              speed.muli((float) momentum).addi(change);
              if (nesterov) {
                NDArray ahead = speed.mul((float) momentum);
                ahead.attach(work);
                change.addi(ahead);
              } else {
                change = speed;
              }
            }
            NDArray move = change.mul((float) learningRate);
            move.attach(work);
            value.subi(move);
          }
        });
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    velocity.forEach((name, array) -> all.put("sgd.velocity." + name, array));
    return all;
  }

  @Override
  public void resume(long steps) {
    // Nothing of it depends on their number.
  }

  @Override
  public void close() {
    velocity.values().forEach(NDArray::close);
  }
}
