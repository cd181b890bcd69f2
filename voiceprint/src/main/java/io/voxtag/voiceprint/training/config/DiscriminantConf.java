package io.voxtag.voiceprint.training.config;

import org.jspecify.annotations.Nullable;

/**
 * A start in closed form, before the first step.
 *
 * @param cropDuration length of its crops, s
 * @param statisticsBatches batches that set the running statistics of normalisations
 * @param passes over all files
 * @param shrinkage of the spread inside speakers towards an even one
 * @param centreOn start of the paths of the recordings whose mean becomes the zero of embeddings;
 *     null for the mean of all
 */
public record DiscriminantConf(
    double cropDuration,
    int statisticsBatches,
    int passes,
    double shrinkage,
    @Nullable String centreOn) {
  public DiscriminantConf {
    Check.range("discriminant_conf.crop_duration", cropDuration, 0.2, 60, " s");
    Check.range("discriminant_conf.passes", passes, 1, 100, "");
    Check.that(shrinkage > 0, "discriminant_conf.shrinkage", shrinkage, "positive");
    Check.that(
        centreOn == null || !centreOn.isBlank(),
        "discriminant_conf.centre_on",
        centreOn,
        "the start of a path of the training list");
  }
}
