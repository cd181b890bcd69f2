package io.voxtag.voiceprint.training.config;

import org.jspecify.annotations.Nullable;

/**
 * Length and rhythm.
 *
 * @param maxEpoch epochs in all
 * @param maxSteps batches in all, instead of {@code maxEpoch}; null where that counts
 * @param logInterval batches between reports of progress
 * @param checkpointInterval batches between checkpoints inside an epoch
 * @param seed of initial weights, crops and augmentation
 * @param numWorkers threads that decode and augment
 * @param specAugment true to mask bands and stretches of the features
 * @param enableAmp true to compute in half precision where the device has it
 * @param useCompile false: there is no compiler here
 * @param earlyStopEpochs epochs without a better error rate after which the run ends; 0 for never
 * @param keepCheckpoints checkpoints of epochs that are kept, besides the best and the last
 */
public record TrainConf(
    int maxEpoch,
    @Nullable Long maxSteps,
    long logInterval,
    long checkpointInterval,
    long seed,
    int numWorkers,
    boolean specAugment,
    boolean enableAmp,
    boolean useCompile,
    int earlyStopEpochs,
    int keepCheckpoints) {
  public TrainConf {
    Check.range("train_conf.max_epoch", maxEpoch, 1, 1_000_000, "");
    Check.that(maxSteps == null || maxSteps >= 0, "train_conf.max_steps", maxSteps, "not negative");
    Check.that(logInterval > 0, "train_conf.log_interval", logInterval, "positive");
    Check.that(
        checkpointInterval > 0, "train_conf.checkpoint_interval", checkpointInterval, "positive");
    Check.range("train_conf.num_workers", numWorkers, 1, 64, "");
    Check.that(!useCompile, "train_conf.use_compile", true, "false: there is no compiler here");
    Check.range("train_conf.early_stop_epochs", earlyStopEpochs, 0, 1_000_000, "");
    Check.range("train_conf.keep_checkpoints", keepCheckpoints, 1, 1000, "");
  }

  /** Batches in all, where an epoch has a number of them. */
  public long steps(long stepsPerEpoch) {
    return maxSteps == null ? maxEpoch * stepsPerEpoch : maxSteps;
  }
}
