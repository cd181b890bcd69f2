package io.voxtag.voiceprint.feature;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/** Window functions, as PyTorch and Kaldi define them. */
final class Windows {
  private static final String PERIODIC = "periodic";
  private static final String ALPHA = "alpha";
  private static final String BETA = "beta";

  /** Those that {@link #torch} knows. */
  static final Set<String> TORCH =
      Set.of(
          "hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window");

  /** The arguments that one or another of them takes. */
  static final Set<String> TORCH_ARGUMENTS = Set.of(PERIODIC, ALPHA, BETA);

  /** Those that {@link #kaldi} knows. */
  static final Set<String> KALDI = Set.of("povey", "hanning", "hamming", "rectangular", "blackman");

  private Windows() {}

  /** A window of PyTorch; periodic, as spectra want it, where the arguments do not say. */
  static double[] torch(String name, int length, NamedArguments arguments) {
    int period = arguments.flag(PERIODIC, true) ? length : length - 1;
    double alpha = arguments.number(ALPHA, 0.54, -10, 10);
    double beta = arguments.number(BETA, name.equals("kaiser_window") ? 12 : 0.46, -100, 100);
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      double phase = 2 * Math.PI * i / period;
      double offset = 2.0 * i / period - 1;
      window[i] =
          switch (name) {
            case "hann_window" -> 0.5 - 0.5 * Math.cos(phase);
            case "hamming_window" -> alpha - beta * Math.cos(phase);
            case "blackman_window" -> blackman(phase, 0.42);
            case "bartlett_window" -> 1 - Math.abs(offset);
            case "kaiser_window" ->
                bessel(beta * Math.sqrt(Math.max(0, 1 - offset * offset))) / bessel(beta);
            default -> throw new IllegalArgumentException("unknown window " + name);
          };
    }
    return window;
  }

  /** A symmetric window of Kaldi. */
  static double[] kaldi(String name, int length, double blackmanCoefficient) {
    double[] window = new double[length];
    for (int i = 0; i < length; i++) {
      double phase = 2 * Math.PI * i / (length - 1);
      double hann = 0.5 - 0.5 * Math.cos(phase);
      window[i] =
          switch (name) {
            case "povey" -> Math.pow(hann, 0.85);
            case "hanning" -> hann;
            case "hamming" -> 0.54 - 0.46 * Math.cos(phase);
            case "rectangular" -> 1;
            case "blackman" -> blackman(phase, blackmanCoefficient);
            default -> throw new IllegalArgumentException("unknown window " + name);
          };
    }
    return window;
  }

  private static double blackman(double phase, double coefficient) {
    return coefficient - 0.5 * Math.cos(phase) + (0.5 - coefficient) * Math.cos(2 * phase);
  }

  /** The modified Bessel function of the first kind and order zero, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
