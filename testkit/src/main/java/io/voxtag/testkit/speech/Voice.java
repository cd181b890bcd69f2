package io.voxtag.testkit.speech;

/**
 * What tells a generated speaker from another.
 *
 * @param pitchHz mean fundamental frequency, Hz
 * @param formantScale formant frequencies relative to an average vocal tract; shorter tracts have
 *     more than 1
 * @param tiltHz where the spectrum of the glottal source begins to fall more steeply, Hz
 * @param breathiness noise in the voiced source, 0 to 1
 * @param accent seed of the speaker's habits: how each vowel deviates from the average one
 */
public record Voice(
    double pitchHz, double formantScale, double tiltHz, double breathiness, long accent) {

  public Voice {
    if (!(pitchHz >= 50 && pitchHz <= 500)) {
      throw new IllegalArgumentException("Pitch of " + pitchHz + " Hz is not within 50..500");
    }
    if (!(formantScale >= 0.7 && formantScale <= 1.4)) {
      throw new IllegalArgumentException("Formant scale " + formantScale + " is not in 0.7..1.4");
    }
  }

  /** Voice number n; any two of the first dozen differ clearly. */
  public static Voice of(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("Voice number " + number + " is negative");
    }
    // Multiples of irrational numbers spread evenly however many are taken.
    double pitch = spread(number, 0.618034);
    double tract = spread(number, 0.754878);
    double source = spread(number, 0.569840);
    return new Voice(
        85 * Math.pow(2, 1.5 * pitch),
        0.82 + 0.4 * tract,
        700 + 2_500 * source,
        0.02 + 0.2 * spread(number, 0.430160),
        number);
  }

  private static double spread(int number, double step) {
    return (0.5 + number * step) % 1;
  }
}
