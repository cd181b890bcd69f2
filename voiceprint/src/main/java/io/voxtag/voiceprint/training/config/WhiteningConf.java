package io.voxtag.voiceprint.training.config;

/**
 * An end in closed form, when the model is written.
 *
 * @param cropDuration length of its crops, s
 * @param passes over all files
 * @param shrinkage of the spread inside speakers towards an even one
 */
public record WhiteningConf(double cropDuration, int passes, double shrinkage) {
  public WhiteningConf {
    Check.range("whitening_conf.crop_duration", cropDuration, 0.2, 60, " s");
    Check.range("whitening_conf.passes", passes, 1, 100, "");
    Check.that(shrinkage > 0, "whitening_conf.shrinkage", shrinkage, "positive");
  }
}
