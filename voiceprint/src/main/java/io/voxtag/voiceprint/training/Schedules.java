package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.training.schedule.MarginRamp;
import io.voxtag.voiceprint.training.schedule.WarmupCosine;

/**
 * What changes with the step.
 *
 * @param rate learning rate
 * @param margin of the loss, radians
 */
record Schedules(WarmupCosine rate, MarginRamp margin) {

  static Schedules of(TrainingConfig config) {
    TrainingConfig.OptimizerConf optimizer = config.optimizerConf();
    TrainingConfig.LossConf loss = config.lossConf();
    long steps = config.trainConf().maxSteps();
    return new Schedules(
        new WarmupCosine(
            optimizer.minLearningRate(),
            optimizer.learningRate(),
            optimizer.warmupSteps(),
            Math.max(steps, optimizer.warmupSteps() + 1)),
        new MarginRamp(
            0,
            loss.margin(),
            Math.round(loss.marginStart() * steps),
            Math.round(loss.marginFix() * steps)));
  }
}
