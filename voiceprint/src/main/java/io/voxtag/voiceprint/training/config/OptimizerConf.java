package io.voxtag.voiceprint.training.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Optimiser and learning rate.
 *
 * @param optimizer Adam, AdamW or SGD
 * @param optimizerArgs its arguments
 * @param scheduler WarmupCosineSchedulerLR, CosineAnnealingLR, StepLR, ExponentialLR or ConstantLR
 * @param schedulerArgs its arguments
 */
public record OptimizerConf(
    String optimizer,
    OptimizerArgs optimizerArgs,
    String scheduler,
    SchedulerArgs schedulerArgs) {

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
      Check.that(
          eps == null || eps > 0, "optimizer_conf.optimizer_args.eps", eps, "positive");
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

  /**
   * Arguments of learning rate schedules; each schedule reads its own.
   *
   * @param minLr WarmupCosineSchedulerLR: rate at the start and at the end; a hundredth of the
   *     highest where missing
   * @param maxLr WarmupCosineSchedulerLR: highest rate; {@code lr} where missing
   * @param warmupEpoch WarmupCosineSchedulerLR: epochs to the highest rate; 5 where both are missing
   * @param warmupSteps WarmupCosineSchedulerLR: the same in steps
   * @param fixEpoch WarmupCosineSchedulerLR: epoch from which the rate stays at its lowest; the
   *     last where missing
   * @param tMax CosineAnnealingLR: steps to the lowest rate; 1.2 times the run where missing
   * @param etaMin CosineAnnealingLR: lowest rate
   * @param stepSize StepLR: steps between two falls
   * @param gamma StepLR and ExponentialLR: factor of a fall
   */
  public record SchedulerArgs(
      @Nullable Double minLr,
      @Nullable Double maxLr,
      @Nullable Integer warmupEpoch,
      @Nullable Long warmupSteps,
      @Nullable Integer fixEpoch,
      @com.fasterxml.jackson.annotation.JsonProperty("T_max") @Nullable Long tMax,
      double etaMin,
      @Nullable Long stepSize,
      @Nullable Double gamma) {
    public SchedulerArgs {
      Check.that(
          warmupEpoch == null || warmupSteps == null,
          "optimizer_conf.scheduler_args.warmup_epoch",
          warmupEpoch,
          "missing where warmup_steps is given");
      Check.that(
          minLr == null || minLr > 0, "optimizer_conf.scheduler_args.min_lr", minLr, "positive");
      Check.that(
          gamma == null || (gamma > 0 && gamma <= 1),
          "optimizer_conf.scheduler_args.gamma",
          gamma,
          "above 0 and at most 1");
      Check.that(
          stepSize == null || stepSize > 0,
          "optimizer_conf.scheduler_args.step_size",
          stepSize,
          "positive");
      Check.that(
          tMax == null || tMax > 0, "optimizer_conf.scheduler_args.T_max", tMax, "positive");
    }
  }

  public OptimizerConf {
    Check.that(
        List.of("Adam", "AdamW", "SGD").contains(optimizer),
        "optimizer_conf.optimizer",
        optimizer,
        "Adam, AdamW or SGD");
    Check.that(
        List.of(
                "WarmupCosineSchedulerLR",
                "CosineAnnealingLR",
                "StepLR",
                "ExponentialLR",
                "ConstantLR")
            .contains(scheduler),
        "optimizer_conf.scheduler",
        scheduler,
        "WarmupCosineSchedulerLR, CosineAnnealingLR, StepLR, ExponentialLR or ConstantLR");
  }
}
