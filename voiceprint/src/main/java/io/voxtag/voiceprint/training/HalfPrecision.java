package io.voxtag.voiceprint.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Set;

/**
 * Gives layers their weights in half precision, while the weights that are learnt stay in single
 * precision (Micikevicius et al., "Mixed Precision Training", 2018). Normalisations keep single
 * precision: their statistics are updated in place, and small shares of them would be lost.
 */
final class HalfPrecision extends ParameterStore {
  private static final Set<Parameter.Type> HALVED =
      Set.of(Parameter.Type.WEIGHT, Parameter.Type.BIAS);

  private final NDManager fallback;
  private NDManager scratch;

  HalfPrecision(NDManager manager) {
    super(manager, false);
    fallback = manager;
    scratch = manager;
  }

  /** Weights in half precision live on this manager from now on. */
  void use(NDManager manager) {
    scratch = manager;
  }

  /** Ends the use of a manager that is about to be closed. */
  void release() {
    scratch = fallback;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    NDArray value = super.getValue(parameter, device, training);
    if (!HALVED.contains(parameter.getType())) {
      return value;
    }
    NDArray half = value.toType(DataType.FLOAT16, false);
    half.attach(scratch);
    return half;
  }
}
