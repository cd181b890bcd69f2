package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.loss.Loss;
import io.voxtag.voiceprint.training.config.LossConf;
import io.voxtag.voiceprint.training.config.OptimizerConf;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.schedule.MarginRamp;
import io.voxtag.voiceprint.training.schedule.RateMethod;
import io.voxtag.voiceprint.training.schedule.RateSchedule;
import io.voxtag.voiceprint.training.schedule.RunLength;
import io.voxtag.voiceprint.training.schedule.WarmupCosine;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What changes with the step, from 0.
 *
 * @param rate learning rate
 * @param margin of the loss
 */
record Schedules(RateSchedule rate, MarginRamp margin) {
  private static final int WARMUP_EPOCHS = 5;
  private static final double MOST_OF_THE_RUN = 0.2;
  private static final double LOWEST_SHARE = 0.01;

  /**
   * The schedules of a run.
   *
   * @param steps of the whole run
   * @param perEpoch steps in an epoch
   */
  static Schedules of(TrainingConfig config, Loss loss, long steps, long perEpoch) {
    RunLength length = new RunLength(perEpoch, (double) Math.max(1, steps) / perEpoch);
    return new Schedules(
        rate(config.optimizerConf(), steps, length), margin(config, loss, steps, length));
  }

  private static RateSchedule rate(OptimizerConf conf, long steps, RunLength length) {
    double highest = conf.optimizerArgs().lr();
    Map<String, Object> args = new LinkedHashMap<>(conf.schedulerArgs());
    RateMethod method = RateMethod.of(conf.scheduler());
    if (method == RateMethod.WARMUP_COSINE) {
      if (conf.warmupSteps() != null) {
        return new WarmupCosine(
            number(args, "min_lr", LOWEST_SHARE * highest),
            number(args, "max_lr", highest),
            conf.warmupSteps(),
            Math.max(steps, conf.warmupSteps() + 1));
      }
      args.putIfAbsent("max_lr", highest);
      args.putIfAbsent("min_lr", LOWEST_SHARE * number(args, "max_lr", highest));
      args.putIfAbsent("warmup_epoch", Math.min(WARMUP_EPOCHS, MOST_OF_THE_RUN * length.epochs()));
    }
    return method.create(highest, length, args);
  }

  private static double number(Map<String, Object> args, String name, double fallback) {
    Object value = args.getOrDefault(name, fallback);
    if (!(value instanceof Number number)) {
      throw new IllegalArgumentException(
          "optimizer_conf.scheduler_args." + name + " is " + value + " but must be a number");
    }
    return number.doubleValue();
  }

  private static MarginRamp margin(TrainingConfig config, Loss loss, long steps, RunLength length) {
    LossConf conf = config.lossConf();
    double own = loss.margin().orElse(0);
    if (conf.marginStart() != null && conf.marginFix() != null) {
      return new MarginRamp(
          0, own, Math.round(conf.marginStart() * steps), Math.round(conf.marginFix() * steps));
    }
    return conf.useMarginScheduler()
        ? MarginRamp.of(conf.marginSchedulerArgs(), length)
        : new MarginRamp(own, own, 0, 0);
  }
}
