package io.voxtag.voiceprint.training.config;

import org.jspecify.annotations.Nullable;

/**
 * An end in closed form, when the model is written.
 *
 * @param cropDuration length of its crops, s
 * @param passes over all files
 * @param shrinkage of the spread inside speakers towards an even one
 * @param centreOn start of the paths of the recordings whose mean becomes the zero of embeddings;
 *     null for the mean of all
 */
public record WhiteningConf(
    double cropDuration, int passes, double shrinkage, @Nullable String centreOn) {
  public WhiteningConf {
    Check.range("whitening_conf.crop_duration", cropDuration, 0.2, 60, " s");
    Check.range("whitening_conf.passes", passes, 1, 100, "");
    Check.that(shrinkage > 0, "whitening_conf.shrinkage", shrinkage, "positive");
    Check.that(
        centreOn == null || !centreOn.isBlank(),
        "whitening_conf.centre_on",
        centreOn,
        "the start of a path of the training list");
  }
}
