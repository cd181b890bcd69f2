package io.voxtag.bench.measure;

/** Whether two implementations compute the same; a faster wrong one would win every race. */
public final class Agreement {
  private static final double TOLERANCE = 1e-4;

  private Agreement() {}

  /**
   * The norm of the difference over the norm of the expected values.
   *
   * @throws IllegalStateException if it is above 1e-4 or the values are not finite
   */
  public static double require(String name, float[] actual, float[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    double error = Math.sqrt(difference / norm);
    if (actual.length != expected.length || !(error <= TOLERANCE)) {
      throw new IllegalStateException(
          "%s: outputs differ by %.2g, more than %.0g".formatted(name, error, TOLERANCE));
    }
    return error;
  }
}
