package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.training.config.LossConf;
import io.voxtag.voiceprint.training.config.OptimizerConf;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.schedule.MarginRamp;
import io.voxtag.voiceprint.training.schedule.WarmupCosine;
import java.util.function.LongToDoubleFunction;

/**
 * What changes with the step, from 0.
 *
 * @param rate learning rate
 * @param margin of the loss
 */
record Schedules(LongToDoubleFunction rate, LongToDoubleFunction margin) {
  private static final int WARMUP_EPOCHS = 5;
  private static final double LOWEST_SHARE = 0.01;
  private static final double FINAL_MARGIN = 0.3;

  /**
   * The schedules of a run.
   *
   * @param steps of the whole run
   * @param perEpoch steps in an epoch
   */
  static Schedules of(TrainingConfig config, Loss loss, long steps, long perEpoch) {
    return new Schedules(
        rate(config, steps, perEpoch), margin(config, loss, steps, perEpoch)::at);
  }

  private static LongToDoubleFunction rate(TrainingConfig config, long steps, long perEpoch) {
    OptimizerConf conf = config.optimizerConf();
    OptimizerConf.SchedulerArgs args = conf.schedulerArgs();
    double lr = conf.optimizerArgs().lr();
    double gamma = args.gamma() == null ? 0.1 : args.gamma();
    return switch (conf.scheduler()) {
      case "CosineAnnealingLR" -> {
        double period = args.tMax() == null ? Math.max(1, 1.2 * steps) : args.tMax();
        yield step ->
            args.etaMin()
                + (lr - args.etaMin()) * (1 + Math.cos(Math.PI * step / period)) / 2;
      }
      case "StepLR" -> {
        long size = args.stepSize() == null ? perEpoch : args.stepSize();
        yield step -> lr * Math.pow(gamma, Math.floorDiv(step, size));
      }
      case "ExponentialLR" -> step -> lr * Math.pow(gamma, step);
      case "ConstantLR" -> step -> lr;
      default -> warmupCosine(args, lr, steps, perEpoch)::at;
    };
  }

  private static WarmupCosine warmupCosine(
      OptimizerConf.SchedulerArgs args, double lr, long steps, long perEpoch) {
    double max = args.maxLr() == null ? lr : args.maxLr();
    double min = args.minLr() == null ? LOWEST_SHARE * max : args.minLr();
    long warmup =
        args.warmupSteps() != null
            ? args.warmupSteps()
            : perEpoch * (args.warmupEpoch() == null ? WARMUP_EPOCHS : args.warmupEpoch());
    long fix = args.fixEpoch() == null ? steps : args.fixEpoch() * perEpoch;
    return new WarmupCosine(min, max, warmup, Math.max(fix, warmup + 1));
  }

  private static MarginRamp margin(TrainingConfig config, Loss loss, long steps, long perEpoch) {
    LossConf conf = config.lossConf();
    double own = loss.margin().orElse(0);
    if (conf.marginStart() != null && conf.marginFix() != null) {
      return new MarginRamp(
          0, own, Math.round(conf.marginStart() * steps), Math.round(conf.marginFix() * steps));
    }
    if (!conf.useMarginScheduler()) {
      return new MarginRamp(own, own, 0, 0);
    }
    LossConf.MarginSchedulerArgs args =
        conf.marginSchedulerArgs() == null
            ? new LossConf.MarginSchedulerArgs(0, null, null, null)
            : conf.marginSchedulerArgs();
    long epochs = Math.max(1, steps / perEpoch);
    long start =
        args.increaseStartEpoch() == null ? 3 * epochs / 10 : args.increaseStartEpoch();
    long fix = args.fixEpoch() == null ? 7 * epochs / 10 : args.fixEpoch();
    return new MarginRamp(
        args.initialMargin(),
        args.finalMargin() == null ? FINAL_MARGIN : args.finalMargin(),
        start * perEpoch,
        fix * perEpoch);
  }
}
