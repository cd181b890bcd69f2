package io.voxtag.voiceprint.training.config;

/**
 * A start in closed form, before the first step.
 *
 * @param cropDuration length of its crops, s
 * @param statisticsBatches batches that set the running statistics of normalisations
 * @param passes over all files
 * @param shrinkage of the spread inside speakers towards an even one
 */
public record DiscriminantConf(
    double cropDuration, int statisticsBatches, int passes, double shrinkage) {
  public DiscriminantConf {
    Check.range("discriminant_conf.crop_duration", cropDuration, 0.2, 60, " s");
    Check.range("discriminant_conf.passes", passes, 1, 100, "");
    Check.that(shrinkage > 0, "discriminant_conf.shrinkage", shrinkage, "positive");
  }
}
