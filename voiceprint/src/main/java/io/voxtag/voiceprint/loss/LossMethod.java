package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The losses, under the names that configurations use. A new one is a class and a line here. */
public enum LossMethod {
  /** Additive angular margin softmax. */
  AAM("AAMLoss", AamLoss.ARGUMENTS, AamLoss::of),
  /** Additive margin softmax. */
  AM("AMLoss", AmLoss.ARGUMENTS, AmLoss::of),
  /** Additive real margin softmax. */
  ARM("ARMLoss", ArmLoss.ARGUMENTS, ArmLoss::of),
  /** Softmax cross entropy. */
  CE("CELoss", CeLoss.ARGUMENTS, CeLoss::of),
  /** One binary classification a class. */
  SPHERE_FACE_2("SphereFace2", SphereFace2.ARGUMENTS, SphereFace2::new),
  /** Additive angular margin softmax with several directions a class. */
  SUB_CENTER("SubCenterLoss", SubCenterLoss.ARGUMENTS, SubCenterLoss::of),
  /** Cross entropy and a triplet loss on cosines; needs several recordings a speaker in a batch. */
  TRIPLET_ANGULAR_MARGIN(
      "TripletAngularMarginLoss", TripletAngularMarginLoss.ARGUMENTS, TripletAngularMarginLoss::of);

  private final String configName;
  private final Set<String> argumentNames;
  private final BiFunction<NDManager, NamedArguments, Loss> factory;

  LossMethod(String configName, Set<String> argumentNames, Function<NamedArguments, Loss> factory) {
    this(configName, argumentNames, (manager, arguments) -> factory.apply(arguments));
  }

  LossMethod(
      String configName,
      Set<String> argumentNames,
      BiFunction<NDManager, NamedArguments, Loss> factory) {
    this.configName = configName;
    this.argumentNames = argumentNames;
    this.factory = factory;
  }

  /** The name in configurations, for example {@code AAMLoss}. */
  public String configName() {
    return configName;
  }

  /**
   * The loss of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LossMethod of(String name) {
    for (LossMethod method : values()) {
      if (method.configName.equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "unknown loss '"
            + name
            + "'; known are "
            + Arrays.stream(values()).map(LossMethod::configName).toList());
  }

  /**
   * Makes a loss.
   *
   * @param manager where its parameters live, for a loss that has some
   * @param arguments by name, as the original project calls them; missing ones take their defaults
   * @throws IllegalArgumentException if an argument is unknown or out of range
   */
  public Loss create(NDManager manager, Map<String, ?> arguments) {
    return factory.apply(manager, new NamedArguments(configName, arguments, argumentNames));
  }
}
