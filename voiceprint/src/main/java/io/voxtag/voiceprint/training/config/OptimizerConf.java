package io.voxtag.voiceprint.training.config;

import io.voxtag.voiceprint.training.schedule.RateMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Optimiser and learning rate.
 *
 * @param optimizer Adam, AdamW or SGD
 * @param optimizerArgs its arguments
 * @param scheduler the name of a {@link RateMethod}
 * @param schedulerArgs its arguments
 * @param warmupSteps WarmupCosineSchedulerLR: steps to the highest rate, instead of {@code
 *     warmup_epoch}; null where that counts
 */
public record OptimizerConf(
    String optimizer,
    OptimizerArgs optimizerArgs,
    String scheduler,
    Map<String, Object> schedulerArgs,
    @Nullable Long warmupSteps) {

  /**
   * Arguments of optimisers, as PyTorch has them.
   *
   * @param lr learning rate
   * @param weightDecay L2 penalty; with AdamW the share of a weight lost at a learning rate of 1
   * @param betas of Adam and AdamW; 0.9 and 0.999 where missing
   * @param eps of Adam and AdamW; 1e-8 where missing
   * @param momentum of SGD
   * @param nesterov of SGD
   */
  public record OptimizerArgs(
      double lr,
      double weightDecay,
      @Nullable List<Double> betas,
      @Nullable Double eps,
      double momentum,
      boolean nesterov) {
    public OptimizerArgs {
      Check.that(lr > 0, "optimizer_conf.learning_rate", lr, "positive");
      Check.atLeast("optimizer_conf.weight_decay", weightDecay, 0);
      Check.that(
          betas == null
              || (betas.size() == 2 && betas.stream().allMatch(beta -> beta >= 0 && beta < 1)),
          "optimizer_conf.optimizer_args.betas",
          betas,
          "two numbers from 0 to below 1");
      Check.that(eps == null || eps > 0, "optimizer_conf.optimizer_args.eps", eps, "positive");
      Check.that(
          momentum >= 0 && momentum < 1,
          "optimizer_conf.optimizer_args.momentum",
          momentum,
          "from 0 to below 1");
      Check.that(
          !nesterov || momentum > 0,
          "optimizer_conf.optimizer_args.nesterov",
          nesterov,
          "false without momentum");
    }
  }

  public OptimizerConf {
    Check.that(
        List.of("Adam", "AdamW", "SGD").contains(optimizer),
        "optimizer_conf.optimizer",
        optimizer,
        "Adam, AdamW or SGD");
    RateMethod.of(scheduler);
    Check.that(
        warmupSteps == null || !schedulerArgs.containsKey("warmup_epoch"),
        "optimizer_conf.warmup_steps",
        warmupSteps,
        "missing where warmup_epoch is given");
  }
}
