package io.voxtag.voiceprint.feature;

import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;

/**
 * Vocal tract length normalisation as Kaldi has it: frequencies between two knees are divided by a
 * factor, and straight lines lead to the ends of the band, which stay.
 *
 * @param factor 1 for none
 * @param lowKnee in Hz
 * @param highKnee in Hz
 * @param low lower end of the band, Hz
 * @param high upper end of the band, Hz
 */
record VocalTract(double factor, double lowKnee, double highKnee, double low, double high) {
  private static final String FACTOR = "vtln_warp";
  private static final String LOW = "vtln_low";
  private static final String HIGH = "vtln_high";
  static final Set<String> ARGUMENTS = Set.of(FACTOR, LOW, HIGH);

  static VocalTract of(NamedArguments arguments, double nyquist, double low, double high) {
    double factor = arguments.number(FACTOR, 1, 0.5, 2);
    double lowCut = arguments.number(LOW, 100, 0, nyquist);
    double highCut = arguments.number(HIGH, -500, -nyquist, nyquist);
    highCut = highCut < 0 ? nyquist + highCut : highCut;
    double lowKnee = lowCut * Math.max(1, factor);
    double highKnee = highCut * Math.min(1, factor);
    if (factor != 1 && !(low < lowCut && lowKnee < highKnee && highCut < high)) {
      throw arguments.wrong(
          LOW,
          lowCut,
          "above low_freq "
              + low
              + " Hz and below vtln_high "
              + highCut
              + " Hz, which must be below high_freq "
              + high
              + " Hz, also when warped");
    }
    return new VocalTract(factor, lowKnee, highKnee, low, high);
  }

  /** Where a frequency in Hz goes. */
  double warp(double hertz) {
    if (factor == 1 || hertz < low || hertz > high) {
      return hertz;
    }
    if (hertz < lowKnee) {
      return low + (hertz - low) * (lowKnee / factor - low) / (lowKnee - low);
    }
    if (hertz < highKnee) {
      return hertz / factor;
    }
    return high + (hertz - high) * (high - highKnee / factor) / (high - highKnee);
  }
}
