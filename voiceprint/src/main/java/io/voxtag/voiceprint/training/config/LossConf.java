package io.voxtag.voiceprint.training.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loss.
 *
 * @param loss AAMLoss, AMLoss, ARMLoss, CELoss, SphereFace2, SubCenterLoss or
 *     TripletAngularMarginLoss
 * @param lossArgs its arguments, such as {@code margin} and {@code scale}
 * @param useMarginScheduler whether the margin grows along {@code marginSchedulerArgs}
 * @param marginSchedulerArgs {@code initial_margin}, {@code final_margin}, {@code
 *     increase_start_epoch}, {@code fix_epoch}, {@code increase_type}
 * @param marginStart share of the run after which the margin begins to grow from 0 to that of the
 *     loss; null for another or no growth
 * @param marginFix share of the run after which it has its final value
 */
public record LossConf(
    String loss,
    Map<String, Object> lossArgs,
    boolean useMarginScheduler,
    Map<String, Object> marginSchedulerArgs,
    @Nullable Double marginStart,
    @Nullable Double marginFix) {

  public LossConf {
    Check.that(
        (marginStart == null) == (marginFix == null),
        "loss_conf.margin_fix",
        marginFix,
        "given together with margin_start");
    Check.that(
        !useMarginScheduler || marginStart == null,
        "loss_conf.use_margin_scheduler",
        useMarginScheduler,
        "false where margin_start and margin_fix are given");
    if (marginStart != null && marginFix != null) {
      Check.that(
          marginStart >= 0 && marginStart <= marginFix && marginFix <= 1,
          "loss_conf.margin_start",
          marginStart,
          "from 0 to margin_fix, which is at most 1");
    }
  }
}
