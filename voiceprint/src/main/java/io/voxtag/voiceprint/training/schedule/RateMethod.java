package io.voxtag.voiceprint.training.schedule;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The schedules of the learning rate, under the names that configurations use: that of the original
 * project, and those of PyTorch, whose counts are batches here as there. A new one is a record and
 * a line here.
 */
public enum RateMethod {
  /** A linear rise, then half a cosine down. */
  WARMUP_COSINE("WarmupCosineSchedulerLR", WarmupCosine.ARGUMENTS, WarmupCosine::of),
  /** Cosine down and up again. */
  COSINE_ANNEALING("CosineAnnealingLR", CosineAnnealing.ARGUMENTS, CosineAnnealing::of),
  /** Cosine down, again and again from the top. */
  COSINE_RESTARTS("CosineAnnealingWarmRestarts", CosineRestarts.ARGUMENTS, CosineRestarts::of),
  /** A factor every so many batches. */
  STEP("StepLR", StepDecay.ARGUMENTS, StepDecay::of),
  /** A factor at each of some batches. */
  MULTI_STEP("MultiStepLR", MilestoneDecay.ARGUMENTS, MilestoneDecay::of),
  /** A factor every batch. */
  EXPONENTIAL("ExponentialLR", ExponentialDecay.ARGUMENTS, ExponentialDecay::of),
  /** A straight line between two factors. */
  LINEAR("LinearLR", LinearRamp.ARGUMENTS, LinearRamp::of),
  /** A factor at the start of the run. */
  CONSTANT("ConstantLR", LinearRamp.CONSTANT_ARGUMENTS, LinearRamp::constant),
  /** A power of what is left of the run. */
  POLYNOMIAL("PolynomialLR", PolynomialDecay.ARGUMENTS, PolynomialDecay::of);

  /** Makes a schedule of arguments whose names are known to be right. */
  @FunctionalInterface
  private interface Factory {
    RateSchedule create(double rate, RunLength length, NamedArguments arguments);
  }

  private final String configName;
  private final Set<String> argumentNames;
  private final Factory factory;

  RateMethod(String configName, Set<String> argumentNames, Factory factory) {
    this.configName = configName;
    this.argumentNames = argumentNames;
    this.factory = factory;
  }

  /** The name in configurations, for example {@code StepLR}. */
  public String configName() {
    return configName;
  }

  /**
   * The schedule of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RateMethod of(String name) {
    for (RateMethod method : values()) {
      if (method.configName.equals(name)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "unknown learning rate schedule '"
            + name
            + "'; known are "
            + Arrays.stream(values()).map(RateMethod::configName).toList());
  }

  /**
   * Makes a schedule.
   *
   * @param learningRate the optimiser's, from which all but the warm-up cosine start
   * @param arguments by name, as the original project and PyTorch call them; what PyTorch has
   *     defaults for may be missing, and so may what the length of the run tells
   * @throws IllegalArgumentException if an argument is unknown, missing or out of range
   */
  public RateSchedule create(double learningRate, RunLength length, Map<String, ?> arguments) {
    return factory.create(
        learningRate, length, new NamedArguments(configName, arguments, argumentNames));
  }
}
