package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a block by the names that a PyTorch state dict gives them. */
public final class StateDict {
  /** DJL puts a two-digit number before the name of a child. */
  private static final int NUMBER_DIGITS = 2;

  private StateDict() {}

  /** All parameters, in the order of the layers, for example {@code mfa.conv.conv.weight}. */
  public static Map<String, Parameter> of(Block block) {
    Map<String, Parameter> result = new LinkedHashMap<>();
    collect(block, "", result);
    return result;
  }

  /**
   * Gives a parameter other values, in its own storage: setting them through the array would leave
   * gradients and aliases with the old one.
   *
   * @param values as many as the parameter has, in row order
   */
  public static void assign(Parameter parameter, float[] values) {
    NDArray array = parameter.getArray();
    try (NDManager scratch = array.getManager().newSubManager()) {
      NDArray plain = array.stopGradient();
      plain.attach(scratch);
      plain.muli(0).addi(scratch.create(values, array.getShape()));
    }
  }

  private static void collect(Block block, String prefix, Map<String, Parameter> result) {
    block.getDirectParameters().forEach(p -> result.put(prefix + p.getKey(), p.getValue()));
    block
        .getChildren()
        .forEach(
            child ->
                collect(
                    child.getValue(),
                    prefix + child.getKey().substring(NUMBER_DIGITS) + ".",
                    result));
  }
}
