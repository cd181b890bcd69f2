package io.voxtag.scoring;

/**
 * Finds the affine map from scores to log-likelihood ratios that costs least at one prior: logistic
 * regression with both kinds of trials weighted to that prior (Brümmer and du Preez, 2006), by
 * Newton's method with halved steps.
 */
final class CalibrationFit {

  private static final int MOST_STEPS = 200;
  private static final int MOST_HALVINGS = 60;
  private static final double ENOUGH = 1e-12;
  // Scores that a threshold separates would otherwise get an infinite scale.
  private static final double RIDGE = 1e-6;

  private final double[] targets;
  private final double[] nonTargets;
  private final double prior;
  private final double logOdds;

  private CalibrationFit(double[] targets, double[] nonTargets, double prior) {
    this.targets = targets;
    this.nonTargets = nonTargets;
    this.prior = prior;
    this.logOdds = Math.log(prior / (1 - prior));
  }

  static Calibration of(double[] targets, double[] nonTargets, double prior) {
    // On standardised scores, so that the ridge means the same on every scale.
    double mean = (sum(targets) + sum(nonTargets)) / (targets.length + nonTargets.length);
    double squares = squares(targets, mean) + squares(nonTargets, mean);
    double deviation = Math.sqrt(squares / (targets.length + nonTargets.length));
    if (!(deviation > 0)) {
      throw new InvalidTrialsException("All scores are " + mean + ": they tell nothing apart");
    }
    double[] line =
        new CalibrationFit(
                standard(targets, mean, deviation), standard(nonTargets, mean, deviation), prior)
            .minimise();
    double scale = line[0] / deviation;
    if (!(scale > 0)) {
      throw new InvalidTrialsException(
          "Scores of one speaker are not above those of two: no log-likelihood ratio rises with"
              + " them");
    }
    return new Calibration(scale, line[1] - scale * mean);
  }

  private double[] minimise() {
    double[] line = {1, 0};
    double cost = cost(line);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = newtonStep(line);
      double length = 1;
      double[] next = moved(line, direction, length);
      double nextCost = cost(next);
      for (int i = 0; i < MOST_HALVINGS && !(nextCost <= cost); i++) {
        length /= 2;
        next = moved(line, direction, length);
        nextCost = cost(next);
      }
      if (!(cost - nextCost > ENOUGH)) {
        return line;
      }
      line = next;
      cost = nextCost;
    }
    return line;
  }

  private double cost(double[] line) {
    double misses = 0;
    for (double score : targets) {
      misses += LikelihoodRatioCost.softplus(-line[0] * score - line[1] - logOdds);
    }
    double falseAlarms = 0;
    for (double score : nonTargets) {
      falseAlarms += LikelihoodRatioCost.softplus(line[0] * score + line[1] + logOdds);
    }
    return prior * misses / targets.length
        + (1 - prior) * falseAlarms / nonTargets.length
        + RIDGE * line[0] * line[0] / 2;
  }

  private double[] newtonStep(double[] line) {
    // Gradient g and Hessian h of the cost.
    double[] g = {RIDGE * line[0], 0};
    double[] h = {RIDGE, 0, 0};
    accumulate(targets, line, prior / targets.length, 1, g, h);
    accumulate(nonTargets, line, (1 - prior) / nonTargets.length, 0, g, h);
    double determinant = h[0] * h[2] - h[1] * h[1];
    if (!(determinant > Double.MIN_NORMAL)) {
      return new double[] {-g[0], -g[1]};
    }
    return new double[] {
      (h[1] * g[1] - h[2] * g[0]) / determinant, (h[1] * g[0] - h[0] * g[1]) / determinant
    };
  }

  private void accumulate(
      double[] scores, double[] line, double weight, double label, double[] g, double[] h) {
    for (double score : scores) {
      double posterior = 1 / (1 + Math.exp(-line[0] * score - line[1] - logOdds));
      double error = weight * (posterior - label);
      g[0] += error * score;
      g[1] += error;
      double curvature = weight * posterior * (1 - posterior);
      h[0] += curvature * score * score;
      h[1] += curvature * score;
      h[2] += curvature;
    }
  }

  private static double[] moved(double[] line, double[] direction, double length) {
    return new double[] {line[0] + length * direction[0], line[1] + length * direction[1]};
  }

  private static double[] standard(double[] scores, double mean, double deviation) {
    double[] standard = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      standard[i] = (scores[i] - mean) / deviation;
    }
    return standard;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double squares(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }
}
