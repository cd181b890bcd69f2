package io.voxtag.voiceprint.loss;

import io.voxtag.voiceprint.arguments.NamedArguments;

/** Arguments that several losses take. */
final class Settings {
  static final String MARGIN = "margin";
  static final String SCALE = "scale";
  static final String EASY_MARGIN = "easy_margin";
  static final String SMOOTHING = "label_smoothing";

  private Settings() {}

  /** A margin in radians, from 0 to below a right angle. */
  static double angle(NamedArguments arguments, double fallback) {
    return arguments.number(MARGIN, fallback, 0, Math.nextDown(Math.PI / 2));
  }

  /** A margin between cosines, from 0 to 1. */
  static double cosine(NamedArguments arguments, double fallback) {
    return arguments.number(MARGIN, fallback, 0, 1);
  }

  /** What cosines are multiplied with before a softmax or a logistic function. */
  static double scale(NamedArguments arguments) {
    return arguments.positive(SCALE, 32, 1e4);
  }

  static CrossEntropy crossEntropy(NamedArguments arguments) {
    return new CrossEntropy(arguments.number(SMOOTHING, 0, 0, Math.nextDown(1.0)));
  }
}
