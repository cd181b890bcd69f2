package io.voxtag.voiceprint.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with L2 weight decay (Kingma, Ba: "Adam: A Method for Stochastic Optimization", 2015), with
 * the bias correction and the place of epsilon as PyTorch has them. Not thread-safe.
 */
final class Adam implements AutoCloseable {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> mean = new LinkedHashMap<>();
  private final Map<String, NDArray> square = new LinkedHashMap<>();
  private final float weightDecay;
  private long step;

  /**
   * Starts with zero moments.
   *
   * @param parameters those without gradients are left out
   */
  Adam(NDManager manager, Map<String, Parameter> parameters, double weightDecay) {
    this.weightDecay = (float) weightDecay;
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            NDArray value = parameter.getArray();
            value.setRequiresGradient(true);
            this.parameters.put(name, parameter);
            mean.put(name, manager.zeros(value.getShape()));
            square.put(name, manager.zeros(value.getShape()));
          }
        });
  }

  /** Moves every parameter against its gradient and clears the gradient. */
  void step(NDManager scratch, double learningRate) {
    step++;
    double first = 1 - Math.pow(BETA1, step);
    double second = Math.sqrt(1 - Math.pow(BETA2, step));
    float size = (float) (learningRate / first);
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      NDArray value = entry.getValue().getArray();
      try (NDManager work = scratch.newSubManager()) {
        NDArray gradient = value.getGradient();
        gradient.attach(work);
        NDArray m = mean.get(entry.getKey());
        NDArray v = square.get(entry.getKey());
        NDArray weights = value.stopGradient();
        weights.attach(work);
        NDArray g = gradient;
        if (weightDecay != 0) {
          g = weights.mul(weightDecay);
          g.attach(work);
          g.addi(gradient);
        }
        NDArray part = g.mul(1 - BETA1);
        m.muli(BETA1).addi(part);
        part = g.square();
        v.muli(BETA2).addi(part.muli(1 - BETA2));
        NDArray root = v.sqrt();
        root.attach(work);
        root.divi(second).addi(EPSILON);
        NDArray change = m.div(root);
        change.attach(work);
        weights.subi(change.muli(size));
        gradient.subi(gradient);
      }
    }
  }

  long steps() {
    return step;
  }

  /** The moments by parameter name, for a checkpoint: live arrays, not copies. */
  Map<String, NDArray> moments() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    mean.forEach((name, array) -> all.put("adam.mean." + name, array));
    square.forEach((name, array) -> all.put("adam.square." + name, array));
    return all;
  }

  void resume(long steps) {
    step = steps;
  }

  @Override
  public void close() {
    mean.values().forEach(NDArray::close);
    square.values().forEach(NDArray::close);
  }
}
