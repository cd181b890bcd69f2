package io.voxtag.scoring.diarization;

/**
 * How windows are grouped by voice.
 *
 * @param minSpeakers least number of voices, 1 or more
 * @param maxSpeakers largest number of voices, no less than {@code minSpeakers}, at most {@link
 *     #MOST}
 * @param sameWindows mean cosine of the windows of two groups from which these are joined in short
 *     recordings, above -1 and below 1
 * @param sameVoice cosine of the mean voices of two groups from which these are one, above -1 and
 *     below 1
 */
public record GroupingSettings(
    int minSpeakers, int maxSpeakers, double sameWindows, double sameVoice) {

  /** The largest number of voices that can be asked for. */
  public static final int MOST = 50;

  /** The largest number of voices that is looked for when none is said. */
  public static final int DEFAULT_MAX = 10;

  // Windows of 1.5 s hold much that is not the voice, so their cosines are far below those of
  // recordings that the threshold is for; means of many windows are above them.
  private static final double WINDOW_SHARE = 0.4;
  private static final double VOICE_SHARE = 0.25;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public GroupingSettings {
    if (minSpeakers < 1 || maxSpeakers < minSpeakers || maxSpeakers > MOST) {
      throw new IllegalArgumentException(
          "%d to %d speakers, must be 1 to %d and the least not above the most"
              .formatted(minSpeakers, maxSpeakers, MOST));
    }
    requireCosine("sameWindows", sameWindows);
    requireCosine("sameVoice", sameVoice);
  }

  /**
   * What suits a model.
   *
   * @param threshold cosine from which two recordings count as one voice by this model
   */
  public static GroupingSettings forThreshold(double threshold, int minSpeakers, int maxSpeakers) {
    return new GroupingSettings(
        minSpeakers,
        maxSpeakers,
        WINDOW_SHARE * threshold,
        threshold + VOICE_SHARE * (1 - threshold));
  }

  /** Whether the number of voices is given. */
  boolean fixed() {
    return minSpeakers == maxSpeakers;
  }

  private static void requireCosine(String name, double value) {
    if (!(value > -1 && value < 1)) {
      throw new IllegalArgumentException(
          "%s %s, must be a cosine above -1 and below 1".formatted(name, value));
    }
  }
}
