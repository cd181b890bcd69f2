package io.voxtag.voiceprint.training.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The parameters that are learnt, with aliases of their storage that take part in no gradient.
 * Whatever changes a parameter must change it in place. Not thread-safe.
 */
public final class Weights implements AutoCloseable {
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final Map<String, NDArray> plain = new LinkedHashMap<>();

  /**
   * @param manager where the aliases live
   * @param parameters those that need no gradient are left out
   */
  public Weights(NDManager manager, Map<String, Parameter> parameters) {
    parameters.forEach(
        (name, parameter) -> {
          if (parameter.requiresGradient()) {
            NDArray array = parameter.getArray();
            array.setRequiresGradient(true);
            NDArray alias = array.stopGradient();
            alias.attach(manager);
            arrays.put(name, array);
            plain.put(name, alias);
          }
        });
  }

  /** Values by name; changing them changes the parameters. */
  public Map<String, NDArray> values() {
    return plain;
  }

  /**
   * Shows every value with its gradient, which lives until the call returns.
   *
   * @param consumer of name and gradient
   */
  public void forEachGradient(NDManager scratch, BiConsumer<String, NDArray> consumer) {
    arrays.forEach(
        (name, array) -> {
          NDArray gradient = array.getGradient();
          gradient.attach(scratch);
          consumer.accept(name, gradient);
          gradient.close();
        });
  }

  /** Whether no gradient overflowed. */
  public boolean gradientsAreFinite(NDManager scratch) {
    double[] sum = new double[1];
    forEachGradient(
        scratch,
        (name, gradient) -> {
          NDArray total = gradient.abs().max();
          total.attach(scratch);
          sum[0] += total.getFloat();
        });
    return Double.isFinite(sum[0]);
  }

  /** Sets all gradients to zero, whatever they are. */
  public void clearGradients() {
    arrays.values().forEach(array -> JniUtils.zeroGrad((PtNDArray) array));
  }

  @Override
  public void close() {
    plain.values().forEach(NDArray::close);
  }
}
