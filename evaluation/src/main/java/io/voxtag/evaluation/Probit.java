package io.voxtag.evaluation;

/** The normal deviate of a probability. */
final class Probit {

  private static final double LOWEST = -8;
  private static final double HIGHEST = 8;
  private static final double EXACT = 1e-9;

  private Probit() {}

  /**
   * The value below which a standard normal variable is with this probability, found by bisection.
   *
   * @param probability from 1e-12 to 1 - 1e-12
   */
  static double of(double probability) {
    double low = LOWEST;
    double high = HIGHEST;
    while (high - low > EXACT) {
      double middle = (low + high) / 2;
      if (below(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The series of G. Marsaglia, "Evaluating the Normal Distribution", 2004. */
  private static double below(double x) {
    double sum = x;
    double term = x;
    for (int i = 3; Math.abs(term) > 1e-17 && i < 500; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
