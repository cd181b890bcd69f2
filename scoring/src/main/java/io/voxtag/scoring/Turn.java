package io.voxtag.scoring;

/**
 * A stretch of speech that seems to be of one voice.
 *
 * @param recent the voice of the latest windows, exponentially smoothed: what is scored
 * @param voice the mean voice, slow to change: what a window is compared with to notice that
 *     somebody else speaks
 * @param windows how many windows with speech
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
record Turn(float[] recent, float[] voice, int windows) {

  private static final int SLOWEST = 10;

  static Turn of(float[] vector) {
    return new Turn(vector, vector, 1);
  }

  Turn with(float[] vector, double smoothing) {
    int count = windows + 1;
    // The first windows weigh the same; afterwards the newest keeps a fixed weight.
    double newest = Math.max(smoothing, 1.0 / count);
    return new Turn(
        blend(recent, vector, newest), blend(voice, vector, 1.0 / Math.min(count, SLOWEST)), count);
  }

  static float[] blend(float[] old, float[] vector, double weight) {
    return UnitVectors.combine(old, 1 - weight, vector, weight).orElse(vector);
  }
}
